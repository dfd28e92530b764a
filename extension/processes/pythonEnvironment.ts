import { delimiter, dirname } from 'node:path';

/**
 * The environment of a Python that we start: those variables of ours that pass. The programs beside it are found first (MLflow looks
 * for uvicorn, gunicorn and uv there, and a project's own `python` is then this one), and what it writes comes at once.
 */
export function composePythonEnvironment(
  python: string,
  environment: NodeJS.ProcessEnv,
  passes: (name: string) => boolean,
): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => passes(name))),
    PATH: [dirname(python), environment['PATH'] ?? environment['Path'] ?? ''].join(delimiter),
    PYTHONUNBUFFERED: '1',
    PYTHONIOENCODING: 'utf-8',
  };
}
