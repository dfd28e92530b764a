import { type FileEntry, type FileReader, resolvePath } from '../../files';

export interface PathChoice {
  /** From the project's folder, or from wherever was asked; folders end in `/`. */
  readonly path: string;
  readonly isFolder: boolean;
}

const uninteresting = /^(__pycache__|node_modules|mlruns|mlartifacts|site-packages|.*\.egg-info)$/;
const mostChoices = 200;

/**
 * What lies in the folder that a path begun names, never outside of the root.
 *
 * @param rootUri ends in `/`
 * @param from where the path is counted from, inside of the root: `''` or `scripts`
 */
export async function completePaths(
  files: FileReader,
  rootUri: string,
  from: string,
  begun: string,
  accepts: (name: string) => boolean,
): Promise<readonly PathChoice[]> {
  const head = begun.slice(0, begun.lastIndexOf('/') + 1);
  const uri = folderInside(rootUri, [from, head].filter((part) => part !== '').join('/'));
  if (uri === undefined) return [];
  const showsHidden = begun.slice(head.length).startsWith('.');
  const entries = (await files.list(uri)).filter(
    ({ name, kind }) =>
      (showsHidden || !name.startsWith('.')) &&
      !uninteresting.test(name) &&
      (kind === 'directory' || accepts(name)),
  );
  return entries
    .toSorted(byKindThenName)
    .slice(0, mostChoices)
    .map(({ name, kind }) => {
      const isFolder = kind === 'directory';
      return { path: `${head}${name}${isFolder ? '/' : ''}`, isFolder };
    });
}

function byKindThenName(a: FileEntry, b: FileEntry): number {
  if (a.kind !== b.kind) return a.kind === 'file' ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

/** A folder's URI with `/` at its end; undefined outside of the root. */
function folderInside(rootUri: string, path: string): string | undefined {
  const uri = path === '' ? rootUri : resolvePath(rootUri, path.endsWith('/') ? path : `${path}/`);
  return uri?.startsWith(rootUri) === true ? uri : undefined;
}
