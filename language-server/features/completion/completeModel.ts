import { folderOf } from '../../files';
import { findFlavor, flavors } from '../../knowledge/flavors';
import type { FlavorKnowledge } from '../../knowledge/flavorKnowledge';
import { findModelKey, modelKeysAt } from '../../knowledge/mlmodelKeys';
import type { ModelKey } from '../../knowledge/modelKey';
import { flavorSnippet, modelKeySnippet, signatureSnippet } from '../../knowledge/modelSnippets';
import { flavorDoc } from '../hovering/flavorHover';
import { modelKeyDoc } from '../modelKeyDoc';
import type { MlmodelDocument } from '../openDocument';
import { pythonVersionDrafts } from './completeEnvironments';
import { pathDrafts } from './completeParameters';
import { completeSpec } from './completeSpec';
import type { Caret, Draft } from './draft';
import { readEnvironment } from './installedPackages';
import { findSignatureCaret } from './signatureCaret';

/** MLmodel: keys, flavors and values, and what stands in the JSON of its signature. */
export async function completeModel(caret: Caret<MlmodelDocument>): Promise<readonly Draft[]> {
  const inside = findSignatureCaret(caret);
  if (inside) {
    const range = inside.toSource(inside.place.range);
    const drafts = completeSpec(inside.place, inside.part).map((draft) => ({ ...draft, range }));
    return inside.isEscaped ? drafts.map(escapeQuotes) : drafts;
  }
  const { path, at } = caret.place;
  if (at === 'value') return completeValue(caret);
  return path.length === 1 && path[0] === 'flavors' ? completeFlavors(caret) : completeModelKeys(caret);
}

/** As JSON stands in double-quoted YAML; in a snippet a backslash stands for itself only behind another. */
function escapeQuotes(draft: Draft): Draft {
  const { insert, snippet } = draft;
  return {
    ...draft,
    ...(insert !== undefined && { insert: insert.replaceAll('"', '\\"') }),
    ...(snippet !== undefined && { snippet: snippet.replaceAll('"', '\\\\"') }),
  };
}

/** Those that are not there yet; what MLflow writes no more is not proposed. */
function completeModelKeys({ place }: Caret): readonly Draft[] {
  const siblings = new Set(place.siblings());
  return modelKeysAt(place.path)
    .filter(({ name, isLegacy }) => !siblings.has(name) && !isLegacy)
    .map((key) => {
      const base = { label: key.name, kind: 'Property', detail: key.accepts, doc: modelKeyDoc(key) } as const;
      const order = key.isRequired ? 1 : 5;
      if (place.hasColon) return { ...base, order };
      return { ...base, order, snippet: modelKeySnippet(place.path, key, place.inFlow) };
    });
}

function completeFlavors({ place }: Caret): readonly Draft[] {
  const siblings = new Set(place.siblings());
  const absent = [...flavors].filter(([name]) => !siblings.has(name));
  return absent.map(([name, flavor]): Draft => {
    const base = { label: name, kind: 'Module', detail: flavor.title, doc: flavorDoc(name, flavor) } as const;
    const order = name === 'python_function' ? 1 : flavor.isLegacy ? 7 : 5;
    return place.hasColon || place.inFlow
      ? { ...base, order }
      : { ...base, order, snippet: flavorSnippet(name, flavor) };
  });
}

async function completeValue(caret: Caret<MlmodelDocument>): Promise<readonly Draft[]> {
  const { path, range } = caret.place;
  const isItem = path.at(-1) === '-';
  const owner = path.slice(0, isItem ? -2 : -1);
  const key = findModelKey(owner, path.at(isItem ? -2 : -1) ?? '');
  if (!key || isItem) return [];
  if (owner[0] === 'signature' && range.start < range.end) return [];
  if (owner[0] === 'signature')
    return [{ label: key.name, kind: 'Snippet', snippet: signatureSnippet(key.name) }];
  if (key.values) return key.values.map((label) => ({ label, kind: 'EnumMember' }));
  if (key.type === 'boolean') return ['true', 'false'].map((label) => ({ label, kind: 'Value' }));
  if (key.type === 'path' || key.name === 'env') return pathDrafts(caret, () => key.name !== 'code');
  if (key.type === 'version') return versionDrafts(caret, key, owner);
  return wordsFor(caret, key).map((label) => ({ label, kind: 'Module' }));
}

/** YAML reads a version of two parts as a number. */
const isNoNumber = /^\d+\.\d+\.\d[\w.+-]*$/;

/** The Python of the environment; of a package, the version that it or requirements.txt has. */
async function versionDrafts(
  caret: Caret<MlmodelDocument>,
  { name }: ModelKey,
  owner: readonly string[],
): Promise<readonly Draft[]> {
  if (name === 'python_version') return pythonVersionDrafts(caret, (version) => `"${version}"`);
  const wanted = packageOf(name, findFlavor(owner[1] ?? ''));
  const { packages } = await readEnvironment(caret.files, folderOf(caret.document.uri));
  return packages
    .filter((one) => one.name.toLowerCase().replaceAll('_', '-') === wanted)
    .map(({ version, from }) => ({
      label: isNoNumber.test(version) ? version : JSON.stringify(version),
      kind: 'Value',
      detail: from,
    }));
}

/** Of `mlflow_version` mlflow: keys that are not their flavor's own name what they are the version of. */
function packageOf(key: string, flavor: FlavorKnowledge | undefined): string | undefined {
  const own = flavor?.versionKey === key ? flavor.packageName : undefined;
  return own ?? /^(.+)_version$/.exec(key)?.[1]?.replaceAll('_', '-');
}

const predictFunctions = ['predict', 'predict_proba', 'predict_log_proba', 'transform', 'score'];

function wordsFor({ document }: Caret<MlmodelDocument>, { name }: ModelKey): readonly string[] {
  const present = document.model.flavors.map((flavor) => flavor.name);
  switch (name) {
    case 'loader_module': {
      const own = present.flatMap((flavor) => findFlavor(flavor)?.loaderModules ?? []);
      return [...own, ...[...flavors.values()].flatMap(({ loaderModules = [] }) => loaderModules)];
    }
    case 'predict_fn':
      return predictFunctions;
    case 'underlying_model_flavor':
      return ['sklearn', 'pytorch', 'None'];
    default:
      return [];
  }
}
