import type { FileReader } from '../../files';

/** A package of the workspace's environment. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** `requirements.txt`, `.venv` */
  readonly from: string;
}

export interface PythonEnvironment {
  readonly packages: readonly InstalledPackage[];
  /** Of a virtual environment in the folder. */
  readonly python?: string;
}

const mostBytes = 200_000;
const environmentFolders = ['.venv', 'venv', 'env'];

/**
 * What requirements.txt pins, and what a virtual environment in the folder holds.
 *
 * @param folderUri ends in `/`
 */
export async function readEnvironment(files: FileReader, folderUri: string): Promise<PythonEnvironment> {
  const names = new Set((await files.list(folderUri)).map(({ name }) => name));
  const requirements = names.has('requirements.txt')
    ? await files.readText(`${folderUri}requirements.txt`, mostBytes)
    : undefined;
  const pinned = readPins(requirements ?? '');
  const folder = environmentFolders.find((name) => names.has(name));
  if (folder === undefined) return { packages: pinned };
  const uri = `${folderUri}${folder}/`;
  const settings = await files.readText(`${uri}pyvenv.cfg`, mostBytes);
  const python = /^version(?:_info)?\s*=\s*(\d+\.\d+(?:\.\d+)?)/m.exec(settings ?? '')?.[1];
  const installed = await readInstalled(files, uri, folder);
  const known = new Set(pinned.map(({ name }) => bareName(name)));
  const packages = [...pinned, ...installed.filter(({ name }) => !known.has(bareName(name)))];
  return { packages, ...(python !== undefined && { python }) };
}

function readPins(requirements: string): readonly InstalledPackage[] {
  return requirements.split('\n').flatMap((line) => {
    const [, name, version] = /^\s*([A-Za-z\d][\w.-]*)(?:\[[^\]]*\])?\s*==\s*([\w.!+-]+)/.exec(line) ?? [];
    return name !== undefined && version !== undefined ? [{ name, version, from: 'requirements.txt' }] : [];
  });
}

async function readInstalled(
  files: FileReader,
  uri: string,
  from: string,
): Promise<readonly InstalledPackage[]> {
  const lib = await files.list(`${uri}lib/`);
  const python = lib.find(({ name }) => /^python\d[\d.]*t?$/.test(name))?.name;
  const folder = python === undefined ? 'Lib/site-packages/' : `lib/${python}/site-packages/`;
  const entries = await files.list(`${uri}${folder}`);
  return entries.flatMap(({ name: entry }) => {
    const [, name, version] = /^([A-Za-z\d][\w.]*)-([^-]+)\.dist-info$/.exec(entry) ?? [];
    return name !== undefined && version !== undefined
      ? [{ name: name.replaceAll('_', '-'), version, from }]
      : [];
  });
}

/** As package indexes compare names. */
function bareName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
