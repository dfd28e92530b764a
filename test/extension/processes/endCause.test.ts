import { equal } from 'node:assert/strict';
import { findEndCause } from '../../../extension/processes/endCause';

describe('Why a server ended', () => {
  const cases: readonly (readonly [title: string, cause: string | undefined, lines: readonly string[]])[] = [
    ['MLflow is missing', 'No module named mlflow', ['/usr/bin/python3: No module named mlflow']],
    [
      'the driver of the database is missing',
      'No module named psycopg2',
      [
        'ERROR mlflow.cli: Error initializing backend store',
        "ERROR mlflow.cli: No module named 'psycopg2'",
        'Traceback (most recent call last):',
        '  File "/venv/mlflow/cli.py", line 1, in server',
        "ModuleNotFoundError: No module named 'psycopg2'",
      ],
    ],
    [
      'the database cannot be reached',
      '(psycopg2.OperationalError) connection to server at "127.0.0.1", port 1 failed: Connection refused',
      [
        'Traceback (most recent call last):',
        'sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server at "127.0.0.1", port 1 failed: Connection refused',
        '\tIs the server running on that host and accepting TCP/IP connections?',
        '',
        '(Background on this error at: https://sqlalche.me/e/20/e3q8)',
      ],
    ],
    [
      'the message says little by itself',
      "KeyError: 'port'",
      ['Traceback (most recent call last):', '  File "a.py"', "KeyError: 'port'"],
    ],
    [
      'the port is taken',
      'Address already in use',
      ['OSError-ish: [Errno 98] Address already in use', 'bye'],
    ],
    [
      'an old MLflow lacks an option',
      'No such option: --workers',
      ['Usage: mlflow', 'Error: No such option: --workers'],
    ],
    [
      'a program that MLflow started found its port taken',
      'address already in use',
      [
        "ERROR:    [Errno 98] error while attempting to bind on address ('127.0.0.1', 1): address already in use",
        'INFO:     Application shutdown complete.',
        '  File "/venv/mlflow/pyfunc/backend.py", line 326, in serve',
        "Exception: Command '['bash', '-c', 'exec uvicorn']' returned non zero return code. Return code = 3",
      ],
    ],
    [
      'gunicorn, by which MLflow 2 serves, found the port taken',
      'Connection in use',
      [
        "[2026-01-01 00:00:00 +0000] [7] [ERROR] Connection in use: ('127.0.0.1', 5000)",
        '[2026-01-01 00:00:00 +0000] [7] [INFO] Retrying in 1 second.',
        "[2026-01-01 00:00:00 +0000] [7] [ERROR] Can't connect to ('127.0.0.1', 5000)",
        '  File "/venv/mlflow/pyfunc/backend.py", line 251, in serve',
        '    raise Exception(',
        "Exception: Command '['bash', '-c', 'exec gunicorn']' returned non zero return code. Return code = 1",
      ],
    ],
    [
      'the disk is full',
      "[Errno 28] No space left on device: '/tmp/model'",
      ['Traceback (most recent call last):', "OSError: [Errno 28] No space left on device: '/tmp/model'"],
    ],
    [
      'a model needs a package that is missing',
      'No module named xgboost',
      [
        "ModuleNotFoundError: No module named 'xgboost'",
        'Traceback (most recent call last):',
        "Exception: Command '['bash', '-c', 'exec uvicorn']' returned non zero return code. Return code = 1",
      ],
    ],
    ['it only spoke', 'the last word', ['first', 'the last word.', '  ']],
    ['it wrote nothing', undefined, ['', ' ']],
  ];
  for (const [title, cause, lines] of cases) {
    it(`is named when ${title}`, () => {
      equal(findEndCause(lines), cause);
    });
  }

  it('stays short whatever the server writes', () => {
    equal(findEndCause([`ValueError: ${'long '.repeat(1000)}`])?.length, 301);
  });
});
