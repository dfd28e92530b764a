/**
 * What MLflow's local backend logs once the run is made and the command starts. A value among the parameters cannot pass for it:
 * MLflow has quoted it, so that no quote in it stands alone.
 */
const started = /=== Running command '[\s\S]*?' in run with ID '([0-9a-f]{32})' ===/;

/** The id of the run that `mlflow run` has made, from what it wrote so far; undefined until it says so. */
export function findRunId(written: string): string | undefined {
  return started.exec(written)?.[1];
}

/** Whether the command that MLflow says it runs, as `findRunId` reads it, is one of Docker's. */
export function runsInContainer(written: string): boolean {
  return written.includes("=== Running command 'docker run ");
}
