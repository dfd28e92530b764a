import { readMlmodel } from '../../language-server/documents/mlmodel';
import { parseYaml } from '../../language-server/documents/yamlText';
import type { ConnectedPlace } from '../connections/connection';
import type { ModelVersionTarget } from '../manifest';
import type { ModelVersion } from '../tracking/model';
import { copyTexts } from '../ui/copyText';
import { askOption, type Option } from '../ui/inputs';
import { plainText, withoutIcons } from '../ui/text';
import { demandVersion, type RegistryContext } from './registryContext';
import { type Copied, writeCode, writeCurl } from './writeCode';

/** `mlflow.modelVersion.copyCode`: its URIs, Python code that loads it, or a curl that asks the server for it. */
export async function copyCode(context: RegistryContext, target?: ModelVersionTarget): Promise<void> {
  const now = await demandVersion(context, target);
  if (!now) return;
  const { session, model, version } = now;
  const aliases = model.aliases.filter((one) => one.version === version.version).map(({ alias }) => alias);
  const mlmodel = await session.catalog.modelVersionFile(version, 'MLmodel').catch(() => undefined);
  const { connection } = session;
  const place = connection.registry ?? connection;
  const curl = await writeCurls(place, version, aliases);
  const options = [...writeCode(version, aliases, flavorsIn(mlmodel)), ...curl].map(toOption);
  const title = `Copy of ${plainText(model.name, 80)}, Version ${version.version}`;
  const chosen = await askOption(title, 'What to copy', options);
  if (chosen) await copyTexts([chosen.text], chosen.noun);
}

function toOption(copied: Copied): Option<Copied> {
  const line = copied.text.trim().split('\n').at(-1) ?? '';
  return { label: copied.noun, detail: withoutIcons(plainText(line)), value: copied };
}

function flavorsIn(mlmodel: string | undefined): readonly string[] {
  if (mlmodel === undefined) return [];
  return readMlmodel(parseYaml(mlmodel)).flavors.map(({ name }) => name);
}

/** Where a server keeps it: curls that ask for the version; credentials are left to the environment. */
async function writeCurls(
  { uri, authorize }: Pick<ConnectedPlace, 'uri' | 'authorize'>,
  { name, version }: ModelVersion,
  aliases: readonly string[],
): Promise<readonly Copied[]> {
  if (!/^https?:\/\//i.test(uri)) return [];
  const scheme = (await authorize()).get('authorization') ?? '';
  const curl = (path: string, query: Readonly<Record<string, string>>) =>
    writeCurl(
      `${uri.replace(/\/+$/, '')}/api/2.0/mlflow/${path}?${new URLSearchParams(query).toString()}`,
      scheme,
    );
  return [
    ...aliases.map((alias) => curl('registered-models/alias', { name, alias })),
    curl('model-versions/get', { name, version }),
  ].map((text) => ({ noun: 'curl', text }));
}
