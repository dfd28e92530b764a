import { Emitter } from 'vscode-languageserver';
import { namedEnvironments, namedFiles, namedPaths } from './features/namedFiles';
import type { MlprojectDocument, OpenDocument } from './features/openDocument';
import type { ProjectFacts } from './features/projectFacts';
import { type FileReader, folderOf, isMlprojectName, nameOf, resolvePath } from './files';
import type { OpenDocuments } from './openDocuments';
import { readFacts, sameFacts, ScriptCache } from './readFacts';

/** How many folders up a project is looked for from its environment file. */
const highestProject = 5;

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

/** A document with what a feature may need to know beside it. */
export interface Surroundings {
  readonly document: OpenDocument;
  readonly facts: ProjectFacts;
}

/**
 * What lies around MLprojects. The first question waits for the disk, all later ones get what is known at once; when that
 * is out of date it is read in the background, and `onDidChange` tells if it differs.
 */
export class Projects {
  private readonly known = new Map<string, KnownFacts>();
  private readonly reading = new Map<string, Reading>();
  private readonly scripts = new ScriptCache();
  private readonly changed = new Emitter<string>();
  /** Files as the client sees them: open documents first. */
  readonly files: FileReader;
  /** Tells an MLproject's URI. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly documents: OpenDocuments) {
    this.files = documents.overlay();
  }

  /** An open document and its surroundings; undefined for one that no project is concerned with. */
  async surroundings(uri: string): Promise<Surroundings | undefined> {
    if (this.documents.isMlproject(uri)) {
      const document = this.documents.get(uri, 'mlproject');
      return document?.kind === 'mlproject' ? { document, facts: await this.facts(document) } : undefined;
    }
    const owner = await this.ownerOf(uri);
    const document = owner && this.documents.get(uri, owner.kind);
    return document && { document, facts: await this.facts(owner.project) };
  }

  /** The environment file that an MLproject names, or the MLproject that an environment file belongs to. */
  async beside(document: OpenDocument): Promise<OpenDocument | undefined> {
    if (document.kind !== 'mlproject') return (await this.ownerOf(document.uri))?.project;
    for (const { role, path } of namedEnvironments(document.model)) {
      const uri = resolvePath(folderOf(document.uri), path);
      if (uri !== undefined) return await this.documents.read(uri, role);
    }
    return undefined;
  }

  async facts(project: MlprojectDocument): Promise<ProjectFacts> {
    const paths = [...namedPaths(project.model)].sort().join('\0');
    const known = this.known.get(project.uri);
    if (known?.paths === paths && !known.isStale) return known.facts;
    const reading = this.reading.get(project.uri);
    const read = reading?.paths === paths ? reading.facts : this.read(project, paths);
    return known?.facts ?? (await read);
  }

  /** Files were written, made or deleted: what was said of projects near them is read again. All, if none is named. */
  invalidate(uris?: readonly string[]): void {
    for (const [uri, known] of this.known) {
      const concerned = new Set([...known.facts.files.values()].map((file) => file.uri));
      const isNear = (file: string) => concerned.has(file) || folderOf(file) === known.facts.folderUri;
      if (uris?.some((file) => isNear(sameWriting(file))) === false) continue;
      this.known.set(uri, { ...known, isStale: true });
      this.reading.delete(uri);
      void this.readAgain(uri);
    }
  }

  private async readAgain(uri: string): Promise<void> {
    const project = await this.documents.readMlproject(uri);
    if (project) await this.facts(project);
    else this.known.delete(uri);
  }

  /** Only the last reading of a project counts. */
  private async read(project: MlprojectDocument, paths: string): Promise<ProjectFacts> {
    const { uri, model } = project;
    const folderUri = folderOf(uri);
    const named = namedFiles(model);
    const reading = { paths, facts: readFacts(folderUri, named, this.files, this.scripts) };
    this.reading.set(uri, reading);
    const read = await reading.facts;
    if (this.reading.get(uri) !== reading) return read;
    this.reading.delete(uri);
    const before = this.known.get(uri)?.facts;
    const facts = before && sameFacts(before, read) ? before : read;
    this.known.set(uri, { facts, paths, isStale: false });
    if (before && facts !== before) this.changed.fire(uri);
    return facts;
  }

  /** The nearest project that this is the environment file of: named by it, or its default. */
  private async ownerOf(
    uri: string,
  ): Promise<{ readonly project: MlprojectDocument; readonly kind: 'pythonEnv' | 'condaEnv' } | undefined> {
    let folder = folderOf(uri);
    for (let height = 0; height <= highestProject && folder.length > 0; height++) {
      const entries = await this.files.list(folder);
      const found = entries.find(({ name, kind }) => kind === 'file' && isMlprojectName(name));
      const project = found && (await this.documents.readMlproject(folder + encodeURIComponent(found.name)));
      const kind = project && environmentKind(project, uri);
      if (kind) return { project, kind };
      const parent = folderOf(folder.slice(0, -1));
      if (parent === folder || parent.endsWith('//')) break;
      folder = parent;
    }
    return undefined;
  }
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

/** Clients escape more than needed, `%3A` and the like; resolvePath does not. */
function sameWriting(uri: string): string {
  return resolvePath(folderOf(uri), nameOf(uri)) ?? uri;
}
