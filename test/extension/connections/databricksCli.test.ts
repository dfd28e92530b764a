import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databricksPorts, resolveDatabricks } from '../../../extension/connections/databricks';
import { parseCliToken } from '../../../extension/connections/databricksCli';

describe('The Databricks CLI', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-databricks-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** A program in place of the CLI, which the test cannot have: it writes down its arguments and answers. */
  async function writeCli(body: string): Promise<string> {
    const path = join(folder, 'databricks');
    const script = [
      `#!${process.execPath}`,
      `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'args'))}, JSON.stringify(process.argv.slice(2)));`,
      body,
    ];
    await writeFile(path, script.join('\n'), { mode: 0o755 });
    return path;
  }

  async function resolve(profile: string, cli: string) {
    const file = join(folder, 'profiles');
    await writeFile(file, `[${profile}]\nhost = https://one.example.com\n`);
    const environment = { DATABRICKS_CONFIG_FILE: file, DATABRICKS_CLI_PATH: cli };
    return await resolveDatabricks(`databricks://${profile}`, databricksPorts(environment));
  }

  it('is run by its arguments, so that no name is taken for a command', async () => {
    const cli = await writeCli('console.log(JSON.stringify({ access_token: "cli-t0ken" }));');
    const profile = '$(touch x); `y` & "z"';
    const { host, authorize } = await resolve(profile, cli);
    deepEqual(
      [host, (await authorize()).get('authorization')],
      ['https://one.example.com', 'Bearer cli-t0ken'],
    );
    const args: unknown = JSON.parse(await readFile(join(folder, 'args'), 'utf8'));
    deepEqual(args, ['auth', 'token', '--profile', profile]);
  });

  it('that fails is not quoted', async () => {
    const cli = await writeCli('console.error("t0ken of somebody"); process.exit(1);');
    const { authorize } = await resolve('one', cli);
    const error: unknown = await authorize().catch((reason: unknown) => reason);
    match(String(error), /one\.example\.com needs a login: the Databricks CLI gave no token/);
    equal(String(error).includes('t0ken'), false);
  });

  it('that is not there is told from one that fails', async () => {
    const { authorize } = await resolve('one', join(folder, 'nowhere'));
    await rejects(authorize(), /is not installed/);
  });

  it('says when its token ends, which counts as a minute earlier', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const life = (expiry: unknown) =>
      parseCliToken(JSON.stringify({ access_token: 't', expiry }), now)?.goodUntil ?? Number.NaN;
    equal(life('2026-01-01T01:00:00Z') - now, 59 * 60_000);
    equal(life('2026-01-01T02:00:00.5+01:00') - now, 59 * 60_000 + 500);
    for (const unknown of [undefined, 'soon', 7]) equal(life(unknown) - now, 5 * 60_000);
  });

  it('without a home file leaves Databricks unknown', async () => {
    const ports = databricksPorts({ DATABRICKS_CONFIG_FILE: join(folder, 'nowhere') });
    await rejects(resolveDatabricks('databricks', ports), /Neither DATABRICKS_HOST nor a profile DEFAULT/);
  });
});
