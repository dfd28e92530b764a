import { deepEqual, match, rejects } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from '../../../extension/processes/findPython';

const never = new AbortController().signal;

describe('The Python that runs MLflow', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-pythons-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A program in the place of Python, which does what the lines of shell say. */
  const place = async (name: string, ...lines: string[]) => {
    const python = join(folder, name);
    await writeFile(python, ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
    return { python, reason: name };
  };

  it('is the first whose MLflow is not too old, and the log says why the others are not', async () => {
    const places = [
      { python: join(folder, 'gone'), reason: 'gone' },
      await place('old', 'echo 1.30.1'),
      await place('bare', 'echo MLflow is not installed >&2; exit 1'),
      await place('broken', 'echo "  File \\"a.py\\"" >&2; echo "ImportError: no libffi here" >&2; exit 1'),
      await place('fine', 'echo 2.0.1'),
    ];
    const lines: string[] = [];
    const found = await findPython(places, (line) => lines.push(line), never);
    deepEqual([found.reason, found.version], ['fine', '2.0.1']);
    const causes = [
      /no such program/,
      /MLflow 1\.30\.1 is older than 2\.0/,
      /not installed/,
      /no libffi here/,
    ];
    causes.forEach((cause, index) => {
      match(lines[index] ?? '', cause);
    });
  });

  it('that is nowhere is an error that names each that was tried, and what to do', async () => {
    const places = [await place('old', 'echo 1.30.1'), { python: join(folder, 'gone'), reason: '.venv' }];
    await rejects(
      findPython(places, () => undefined, never),
      {
        name: 'UserError',
        message:
          /\(old: .*older than 2\.0; \.venv: none there\)\. Install MLflow there, or set mlflow\.python\.path/,
      },
    );
  });
});
