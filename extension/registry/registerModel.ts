import { readMlmodel } from '../../language-server/documents/mlmodel';
import { parseYaml } from '../../language-server/documents/yamlText';
import type { ArtifactTarget, LoggedModelTarget, ModelVersionTarget, RunTarget } from '../manifest';
import { chooseModelOfRun } from '../ui/chooseModelOfRun';
import { demandSession } from '../ui/demandSession';
import { askOption, askText } from '../ui/inputs';
import { pickLoggedModel } from '../ui/pickModel';
import { uriOfModel } from '../ui/modelUri';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { askModelName } from './askModelName';
import { quoted, type Registration, registerVersion } from './modelEdits';
import { resolveSource } from './modelSource';
import { change, demandVersion, type RegistryContext } from './registryContext';
import { isReviewTag } from '../ui/reviews';

/** `mlflow.model.register`: asks where the model lies. */
export async function registerAny(
  context: RegistryContext,
  askModelFile: () => Promise<string | undefined>,
): Promise<void> {
  const from = await askOption('Register Model', 'Where is it?', [
    { label: 'A run’s model', description: 'what a run logged', value: 'run' as const },
    { label: 'An MLmodel of this workspace', value: 'file' as const },
    { label: 'A URI', description: 'models:/m-…, runs:/…, s3://…', value: 'uri' as const },
  ]);
  if (from === 'run') await registerOfRun(context);
  if (from === 'file') {
    const text = await askModelFile();
    if (text !== undefined) await registerFile(context, text);
  }
  if (from === 'uri') await registerUri(context, await askUri());
}

/** `mlflow.run.registerModel`: a folder among the run's artifacts if one is given, else one of its models. */
export async function registerOfRun(
  context: RegistryContext,
  target?: RunTarget & Partial<ArtifactTarget>,
): Promise<void> {
  if (target?.artifact) {
    const folder = target.artifact.path.replace(/\/MLmodel$/, '');
    await registerUri(context, `runs:/${target.runId}/${folder}`);
    return;
  }
  const model = await chooseModelOfRun(context.sessions, target);
  await registerUri(context, model?.uri);
}

/** `mlflow.loggedModel.register` */
export async function registerLogged(context: RegistryContext, target?: LoggedModelTarget): Promise<void> {
  const { modelId } = target ?? (await pickLoggedModel(context.sessions)) ?? {};
  await registerUri(context, modelId && `models:/${modelId}`);
}

/** `mlflow.modelFile.register`: the model of an MLmodel, which tells the run or the logged model that it belongs to. */
export async function registerFile(context: RegistryContext, text: string): Promise<void> {
  const uri = uriOfModel(readMlmodel(parseYaml(text)), undefined, '');
  if (uri === '')
    throw new UserError(
      'This MLmodel names no run and no logged model, so it was saved and not logged. MLflow registers what a run has logged: log the model with its flavor’s log_model first.',
    );
  await registerUri(context, uri);
}

async function askUri(): Promise<string | undefined> {
  return await askText({
    title: 'Register Model',
    prompt: 'URI of the model’s folder',
    placeholder: 'models:/m-…, runs:/<run>/<path>, models:/name/version, s3://…',
    findProblem: (text) =>
      /^[a-z][\w+.-]*:\/./i.test(text) ? undefined : 'A URI begins like models:/ or s3://.',
  });
}

async function registerUri(context: RegistryContext, uri: string | undefined): Promise<void> {
  if (uri === undefined) return;
  const { catalog } = await demandSession(context.sessions);
  const source = await resolveSource(catalog, uri.trim());
  await register(context, `Register ${plainText(uri, 80)}`, '', source);
}

/** `mlflow.modelVersion.promote`: a new version of another model, with description and tags, as MLflow copies versions. */
export async function promote(context: RegistryContext, target?: ModelVersionTarget): Promise<void> {
  const now = await demandVersion(context, target);
  if (!now) return;
  const { name, version, runId, modelId, description, tags } = now.version;
  const own = new Map([...tags].filter(([tag]) => !isReviewTag(tag)));
  const source = { source: `models:/${name}/${version}`, runId, modelId, description, tags: own };
  await register(context, `Copy ${plainText(name, 80)}, Version ${version}, to`, name, source);
}

async function register(
  context: RegistryContext,
  title: string,
  proposal: string,
  source: Omit<Registration, 'name' | 'isNew'>,
): Promise<void> {
  const session = await demandSession(context.sessions);
  const chosen = await askModelName(context.sessions, title, proposal);
  if (!chosen) return;
  const edit = registerVersion(session.store, { ...source, ...chosen }, (version) => {
    context.report.info(`Version ${version} of ${quoted(chosen.name)} is registered.`);
  });
  await change(context, session, edit);
}
