import { Emitter } from 'vscode-languageserver';
import { EnvironmentFacts } from './environmentFacts';
import { namedEnvironments, namedPaths } from './features/namedFiles';
import { companionNames } from './features/modelFacts';
import { namedModelFiles } from './features/modelFiles';
import {
  type EnvironmentDocument,
  isOwner,
  type MlprojectDocument,
  type OpenDocument,
  type OwnerDocument,
} from './features/openDocument';
import type { ProjectFacts } from './features/projectFacts';
import {
  type FileEntry,
  type FileReader,
  folderOf,
  isMlmodelName,
  isMlprojectName,
  nameOf,
  resolvePath,
} from './files';
import type { OpenDocuments } from './openDocuments';
import { readFacts, sameFacts, ScriptCache } from './readFacts';
import { readModelFacts, sameModelFacts } from './readModelFacts';

/** How many folders up a project is looked for from its environment file. */
const highestProject = 5;
const companionKinds = ['requirements', 'condaEnv', 'pythonEnv'] as const;

interface KnownFacts {
  readonly facts: ProjectFacts;
  /** The named paths that they were read for. */
  readonly paths: string;
  readonly isStale: boolean;
}

interface Reading {
  readonly paths: string;
  readonly facts: Promise<ProjectFacts>;
}

interface Owned {
  readonly owner: OwnerDocument;
  readonly kind: EnvironmentDocument['kind'];
}

/** A document with what a feature may need to know beside it. */
export interface Surroundings {
  readonly document: OpenDocument;
  readonly facts: ProjectFacts;
}

/**
 * What lies around MLprojects and MLmodels. The first question waits for the disk, all later ones get what is known at once; when that
 * is out of date it is read in the background, and `onDidChange` tells if it differs.
 */
export class Projects {
  private readonly known = new Map<string, KnownFacts>();
  private readonly reading = new Map<string, Reading>();
  private readonly scripts = new ScriptCache();
  private readonly environments: EnvironmentFacts;
  private readonly changed = new Emitter<string>();
  /** Files as the client sees them: open documents first. */
  readonly files: FileReader;
  /** Tells an MLproject's or MLmodel's URI. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly documents: OpenDocuments) {
    this.files = documents.overlay();
    this.environments = new EnvironmentFacts(this.files);
    const readBeside = ({ document: { uri } }: { readonly document: { readonly uri: string } }) => {
      this.readModelBeside(uri);
    };
    documents.onDidChange(readBeside);
    documents.onDidClose(readBeside);
  }

  /** An open document and its surroundings; undefined for one that no project is concerned with. */
  async surroundings(uri: string): Promise<Surroundings | undefined> {
    const kind = this.documents.ownerKind(uri);
    if (kind) {
      const document = this.documents.get(uri, kind);
      return document && isOwner(document) ? { document, facts: await this.facts(document) } : undefined;
    }
    const owned = await this.ownerOf(uri);
    const document = owned && this.documents.get(uri, owned.kind);
    if (!document) return undefined;
    const facts = await this.environments.around(document, await this.facts(owned.owner));
    return { document, facts: withOwner(facts, owned.owner) };
  }

  /** The environment file that an MLproject names, or the MLproject that an environment file belongs to. */
  async beside(document: OpenDocument): Promise<OpenDocument | undefined> {
    if (document.kind === 'mlmodel') return undefined;
    if (document.kind !== 'mlproject') return (await this.ownerOf(document.uri))?.owner;
    for (const { role, path } of namedEnvironments(document.model)) {
      const uri = resolvePath(folderOf(document.uri), path);
      if (uri !== undefined) return await this.documents.read(uri, role);
    }
    return undefined;
  }

  async facts(owner: OwnerDocument): Promise<ProjectFacts> {
    const named = pathsOf(owner);
    const paths = [...named]
      .map(([path, isPython]) => `${path}\0${String(isPython)}`)
      .sort()
      .join('\0');
    const known = this.known.get(owner.uri);
    if (known?.paths === paths && !known.isStale) return known.facts;
    const reading = this.reading.get(owner.uri);
    const read = reading?.paths === paths ? reading.facts : this.read(owner, named, paths);
    return known?.facts ?? (await read);
  }

  /** Files were written, made or deleted: what was said of projects near them is read again. All, if none is named. */
  invalidate(uris?: readonly string[]): void {
    for (const [uri, known] of this.known) {
      const concerned = new Set([...known.facts.files.values()].map((file) => file.uri));
      const isNear = (file: string) => concerned.has(file) || folderOf(file) === known.facts.folderUri;
      if (uris?.some((file) => isNear(sameWriting(file))) === false) continue;
      void this.readAgain(uri, known);
    }
  }

  /** What is said of an MLmodel follows the environment files beside it as they are edited, not only as they are saved. */
  private readModelBeside(uri: string): void {
    if (companionOf(uri) === undefined) return;
    const model = `${folderOf(uri)}MLmodel`;
    const known = this.known.get(model);
    if (known) void this.readAgain(model, known);
  }

  private async readAgain(uri: string, known: KnownFacts): Promise<void> {
    this.known.set(uri, { ...known, isStale: true });
    this.reading.delete(uri);
    const owner = await this.documents.readOwner(uri);
    if (owner) await this.facts(owner);
    else this.known.delete(uri);
  }

  /** Only the last reading of a project or model counts. */
  private async read(
    owner: OwnerDocument,
    named: ReadonlyMap<string, boolean>,
    paths: string,
  ): Promise<ProjectFacts> {
    const { uri } = owner;
    const asked =
      owner.kind === 'mlmodel'
        ? readModelFacts(owner, named, this.documents, this.files, this.scripts)
        : readFacts(folderOf(uri), named, this.files, this.scripts);
    const reading = { paths, facts: asked };
    this.reading.set(uri, reading);
    const read = await reading.facts;
    if (this.reading.get(uri) !== reading) return read;
    this.reading.delete(uri);
    const before = this.known.get(uri)?.facts;
    const isSame = before && sameFacts(before, read) && sameModelFacts(before.model, read.model);
    const facts = isSame ? before : read;
    this.known.set(uri, { facts, paths, isStale: false });
    if (before && facts !== before) this.changed.fire(uri);
    return facts;
  }

  private async modelBeside(uri: string, entries: readonly FileEntry[]): Promise<Owned | undefined> {
    const kind = companionOf(uri);
    const isThere = kind && entries.some((one) => one.kind === 'file' && isMlmodelName(one.name));
    const owner = isThere ? await this.documents.readMlmodel(`${folderOf(uri)}MLmodel`) : undefined;
    return kind && owner && { owner, kind };
  }

  /** The nearest project that this is the environment file of: named by it, or its default; else the MLmodel beside it. */
  private async ownerOf(uri: string): Promise<Owned | undefined> {
    let folder = folderOf(uri);
    for (let height = 0; height <= highestProject && folder.length > 0; height++) {
      const entries = await this.files.list(folder);
      const found = entries.find(({ name, kind }) => kind === 'file' && isMlprojectName(name));
      const project = found && (await this.documents.readMlproject(folder + encodeURIComponent(found.name)));
      const kind = project && environmentKind(project, uri);
      if (kind) return { owner: project, kind };
      const beside = height === 0 ? await this.modelBeside(uri, entries) : undefined;
      if (beside) return beside;
      const parent = folderOf(folder.slice(0, -1));
      if (parent === folder || parent.endsWith('//')) break;
      folder = parent;
    }
    return undefined;
  }
}

function pathsOf(owner: OwnerDocument): ReadonlyMap<string, boolean> {
  return owner.kind === 'mlproject'
    ? namedPaths(owner.model)
    : new Map(namedModelFiles(owner.model).map(({ path, isPython }) => [path, isPython]));
}

const joined = new WeakMap<ProjectFacts, ProjectFacts>();

/** An MLmodel's facts with itself, for what lies beside it: the same object as long as both are. */
function withOwner(facts: ProjectFacts, owner: OwnerDocument): ProjectFacts {
  if (owner.kind !== 'mlmodel') return facts;
  const known = joined.get(facts);
  if (known?.model?.mlmodel === owner) return known;
  const whole = { ...facts, model: { ...facts.model, mlmodel: owner } };
  joined.set(facts, whole);
  return whole;
}

/** As which of its environment files a project reads a file, if as any. */
function environmentKind(
  { uri, model }: MlprojectDocument,
  file: string,
): 'pythonEnv' | 'condaEnv' | undefined {
  const folder = folderOf(uri);
  for (const { role, path } of namedEnvironments(model)) {
    if (resolvePath(folder, path) === sameWriting(file)) return role;
  }
  if (model.environments.length > 0 || folderOf(file) !== folder) return undefined;
  const name = nameOf(file);
  return name === 'python_env.yaml' ? 'pythonEnv' : name === 'conda.yaml' ? 'condaEnv' : undefined;
}

/** Which of the files beside an MLmodel this would be, by its name. */
function companionOf(uri: string): EnvironmentDocument['kind'] | undefined {
  return companionKinds.find((one) => companionNames[one] === nameOf(uri));
}

/** Clients escape more than needed, `%3A` and the like; resolvePath does not. */
function sameWriting(uri: string): string {
  return resolvePath(folderOf(uri), nameOf(uri)) ?? uri;
}
