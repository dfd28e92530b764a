import type { Experiment } from '../tracking/model';
import { startServer } from '../ui/steps';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import type { ExperimentChoice, Launch } from './launch';

/**
 * The experiment that a launch's run will be in, where only a tracking server takes its artifacts (`mlflow-artifacts:`): beside the store
 * itself, MLflow raises “the tracking URI must be a valid http or https URI” at the first file or model that the run logs, and with
 * docker_env before it starts. Undefined for all others, and for one that is not among `experiments`.
 */
export function findServedExperiment(
  { experiment }: Pick<Launch, 'experiment'>,
  environment: NodeJS.ProcessEnv,
  experiments: readonly Experiment[],
): Experiment | undefined {
  const chosen = experiment ?? chosenByVariables(environment);
  const found = experiments.find((one) =>
    chosen.kind === 'id' ? one.id === chosen.id : one.name === chosen.name,
  );
  return found && /^mlflow-artifacts:/i.test(found.artifactLocation) ? found : undefined;
}

/** An empty variable is none to MLflow, and “Default” has the id 0. */
function chosenByVariables({
  MLFLOW_EXPERIMENT_ID: id = '',
  MLFLOW_EXPERIMENT_NAME: name = '',
}: NodeJS.ProcessEnv): ExperimentChoice {
  return name === '' ? { kind: 'id', id: id === '' ? '0' : id } : { kind: 'name', name };
}

/** Says so, with the way on. */
export function explainServed({ name, artifactLocation }: Experiment, isContainer: boolean): UserError {
  const lot = isContainer ? 'cannot start its container' : 'will fail when it logs a file or a model';
  return new UserError(
    `Only a tracking server takes the artifacts of experiment “${plainText(name, 100)}” (${plainText(artifactLocation, 100)}), and this run has none: MLflow ${lot}. Start one for the store, connect to it and run again.`,
    { next: startServer },
  );
}
