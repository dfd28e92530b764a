import { homedir } from 'node:os';
import { runProgram } from '../processes/runProgram';

/** In seconds: until Docker ends by force what does not end when it is asked. */
const gentleSeconds = 5;

/**
 * Ends the containers in which MLflow runs a run, known by the variable that it hands to them. Ending `docker run` alone leaves them: what is
 * the first program of a container does not hear of it. Rejects where Docker cannot be asked.
 */
export async function stopContainers(runId: string, env: NodeJS.ProcessEnv): Promise<void> {
  const docker = async (...args: readonly string[]): Promise<readonly string[]> => {
    const written = await runProgram({ program: 'docker', args, cwd: homedir(), env });
    return written.split('\n').filter((line) => line !== '');
  };
  const variablesOf = async (id: string): Promise<readonly string[]> =>
    // One that has ended meanwhile is nobody's any more.
    await docker('inspect', '--format', '{{range .Config.Env}}{{println .}}{{end}}', id).catch(() => []);
  for (const id of await docker('ps', '--quiet', '--no-trunc')) {
    if ((await variablesOf(id)).includes(`MLFLOW_RUN_ID=${runId}`))
      await docker('stop', '--time', String(gentleSeconds), id);
  }
}
