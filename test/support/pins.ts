/**
 * What the tests and the demo run on, each in exactly this version. MLflow 3.18.0 was out when this was written, but its
 * other half, mlflow-skinny 3.18.0, was not. MLflow 2.0.1 is the oldest 2.x with wheels for today's Python: its
 * own requirements forbid the NumPy and pandas that Python 3.12 needs, though it works with them, so it goes in
 * without them, after the ones that it really needs.
 */
export const pins = {
  node: {
    version: '24.21.0',
    npm: '11.19.1',
  },
  codeServer: {
    version: '4.139.1',
  },
  mlflow: {
    newest: {
      version: '3.17.2',
      requirements: ['mlflow==3.17.2', 'Flask-WTF<2', 'uv', 'virtualenv'],
    },
    oldest: {
      version: '2.0.1',
      requirements: [
        'alembic<2',
        'click<9',
        'cloudpickle<3',
        'databricks-cli<1',
        'entrypoints<1',
        'Flask<2.3',
        'gitpython<4',
        'gunicorn<24',
        'importlib-metadata<9',
        'Jinja2<4',
        'markdown<4',
        'numpy',
        'packaging<25',
        'pandas',
        'protobuf<5',
        'pyarrow',
        'pytz',
        'pyyaml<7',
        'querystring-parser<2',
        'requests<3',
        'scipy',
        'setuptools<81',
        'sqlalchemy<2',
        'sqlparse<1',
        'Werkzeug<2.3',
      ],
      withoutDependencies: ['mlflow==2.0.1'],
    },
  },
  // MLflow's Kubernetes backend needs it, and 37 refuses how MLflow calls it. What it needs itself and MLflow does not bring is named, too.
  kubernetes: {
    version: '32.0.1',
    requirements: [
      'kubernetes==32.0.1',
      'durationpy<1',
      'oauthlib<4',
      'requests-oauthlib<3',
      'websocket-client<2',
    ],
  },
  // The real clients of clouds, and servers that play those for them; Flask and the like are there with MLflow.
  s3: {
    version: '1.44.5',
    requirements: [
      'boto3==1.44.5',
      'botocore==1.44.5',
      's3transfer==0.19.3',
      'jmespath<2',
      'moto==5.2.5',
      'py-partiql-parser<1',
      'responses<1',
      'xmltodict<2',
    ],
  },
  googleStorage: {
    version: '3.17.1',
    requirements: [
      'google-cloud-storage==3.17.1',
      'google-cloud-core==2.8.0',
      'google-api-core==2.44.0',
      'google-auth==2.62.2',
      'google-crc32c==1.9.0',
      'google-resumable-media==2.11.0',
      'googleapis-common-protos==1.76.0',
      'proto-plus==1.29.0',
      'pyasn1-modules<1',
      'gcp-storage-emulator==2026.7.19',
    ],
  },
  // What the extension Python Debugger, which is in no package registry, has at its heart.
  debugpy: { version: '1.8.22', requirements: ['debugpy==1.8.22'] },
  debian: {
    chromium: ['chromium-headless-shell'],
    codeServer: [
      'build-essential',
      'python3',
      'libkrb5-dev',
      'libsecret-1-dev',
      'libx11-dev',
      'libxkbfile-dev',
    ],
    python: ['python3', 'python3-venv'],
  },
};
