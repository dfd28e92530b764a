import { folderOf } from '../../files';
import { condaChannels, pythonVersions } from '../../knowledge/pythonVersions';
import { completeKeys } from './completeKeys';
import type { Caret, Draft } from './draft';
import { type InstalledPackage, readEnvironment } from './installedPackages';

/** python_env.yaml */
export async function completePythonEnv(caret: Caret): Promise<readonly Draft[]> {
  const { at } = caret.place;
  const path = caret.place.path.join('.');
  if (path === '') return at === 'key' ? completeKeys(caret, 'pythonEnv') : [];
  if (path === 'python' && at === 'value') return pythonVersionDrafts(caret, (version) => `"${version}"`);
  const list = /^(build_)?dependencies(\.-)?$/.exec(path);
  return list ? asItems(caret, await packageDrafts(caret, '==')) : [];
}

/** conda.yaml */
export async function completeCondaEnv(caret: Caret): Promise<readonly Draft[]> {
  const { at } = caret.place;
  const path = caret.place.path.join('.');
  if (path === '') return at === 'key' ? completeKeys(caret, 'condaEnv') : [];
  if (/^dependencies\.-\.pip(\.-)?$/.test(path)) return asItems(caret, await packageDrafts(caret, '=='));
  if (/^channels(\.-)?$/.test(path))
    return asItems(
      caret,
      condaChannels.map((label) => ({ label, kind: 'Value' })),
    );
  if (!/^dependencies(\.-)?$/.test(path)) return [];
  const pip: Draft = {
    label: 'pip:',
    kind: 'Property',
    snippet: 'pip:\n    - $1',
    detail: 'what pip installs',
    order: 2,
  };
  const versions = await pythonVersionDrafts(caret, (version) => `python=${version}`);
  const packages = await packageDrafts(caret, '=');
  return asItems(caret, [
    ...versions,
    { label: 'pip', kind: 'Module' },
    ...(caret.place.inFlow ? [] : [pip]),
    ...packages,
  ]);
}

/** Requirements with pins, as in python_env.yaml's lists. */
export async function packageDrafts(caret: Caret, operator: '==' | '='): Promise<readonly Draft[]> {
  const { packages } = await readEnvironment(caret.files, folderOf(caret.document.uri));
  return packages.map((one) => packageDraft(one, operator));
}

function packageDraft({ name, version, from }: InstalledPackage, operator: string): Draft {
  return {
    label: `${name}${operator}${version}`,
    kind: 'Module',
    detail: from,
    order: from === 'requirements.txt' ? 3 : 4,
  };
}

/** The virtual environment's own version first. */
export async function pythonVersionDrafts(
  caret: Caret,
  write: (version: string) => string,
): Promise<readonly Draft[]> {
  const { python } = await readEnvironment(caret.files, folderOf(caret.document.uri));
  const known = pythonVersions.map((version): Draft => ({ label: write(version), kind: 'Value', order: 2 }));
  if (python === undefined) return known;
  return [
    { label: write(python), kind: 'Value', detail: 'the Python of the virtual environment', order: 1 },
    ...known,
  ];
}

/** Where a list has no item yet, an item is made of it. */
function asItems({ place: { at, path, inFlow } }: Caret, drafts: readonly Draft[]): readonly Draft[] {
  if (inFlow || path.at(-1) === '-') return drafts;
  if (at === 'value') return [];
  return drafts.map((draft) => ({
    ...draft,
    ...(draft.snippet === undefined
      ? { insert: `- ${draft.insert ?? draft.label}` }
      : { snippet: `- ${draft.snippet}` }),
  }));
}
