import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyCommit, listFilesAt } from '../../../extension/projects/commitFiles';
import { readProject } from '../../../extension/projects/projectFolder';
import { readProjectRun, readRunParameters } from '../../../extension/projects/projectRun';
import { makeRepository } from '../runDiff/repository';
import { type TestProject, writeProject } from './launched';
import { readRuns } from './readRuns';

const mlproject = `entry_points:
  main:
    parameters:
      note: string
      data: {type: path, default: data.csv}
    command: python main.py {note} {data}
`;
const main = (word: string) =>
  `import sys, mlflow\nmlflow.log_param("loss", "${word}")\nprint("${word}", sys.argv[1:])\n`;
const note = "it's $(touch canary) `x`";

describe('A run that is run again', function () {
  this.timeout(240_000);
  let project: TestProject;
  let commit: string;
  let copy: string | undefined;

  before(async () => {
    project = await writeProject({ MLproject: mlproject, 'main.py': main('old'), 'data.csv': '' });
    commit = await (await makeRepository(project.folder)).commit('as it was');
    const { run, output } = await project.launch({ parameters: new Map([['note', note]]) });
    equal((await run.ended).code, 0, output());
  });

  after(async () => {
    await project.remove();
    if (copy !== undefined) await rm(copy, { recursive: true, force: true });
  });

  it('has tags from which project, commit, entry point and environment are read', async () => {
    const [run] = await readRuns(project.store);
    ok(run);
    deepEqual(readProjectRun(run, existsSync), {
      place: { kind: 'folder', root: project.folder, subdirectory: '' },
      ...{ commit, address: undefined, entryPoint: 'main' },
      ...{ environmentManager: 'local', backend: undefined, image: undefined },
    });
  });

  it('is run from a copy at its commit, with its own values, while the folder stays as it is', async () => {
    await writeFile(join(project.folder, 'main.py'), main('new'));
    const [run] = await readRuns(project.store);
    ok(run);
    copy = await copyCommit('git', project.folder, commit);
    const [entryPoint] = (await readProject(copy)).entryPoints;
    const { given, unclear } = readRunParameters(run, entryPoint, project.folder);
    deepEqual(Object.fromEntries(given), { note, data: 'data.csv' });
    deepEqual([...unclear], [['loss', 'old']]);
    const again = await project.launch({ project: { kind: 'folder', path: copy }, parameters: given });
    equal((await again.run.ended).code, 0, again.output());
    equal(project.holds('canary'), false);
    equal(await readFile(join(project.folder, 'main.py'), 'utf8'), main('new'));
    const rerun = (await readRuns(project.store)).find(({ id }) => id === again.run.runId);
    equal(rerun?.tags.get('mlflow.source.git.commit'), commit);
    deepEqual(rerun.params, run.params);
  });

  it('has the files of its commit listed, and no copy of a commit that is not there', async () => {
    deepEqual(await listFilesAt('git', project.folder, commit), ['MLproject', 'data.csv', 'main.py']);
    await rejects(copyCommit('git', project.folder, 'f'.repeat(40)), /could not make a copy/);
  });
});
