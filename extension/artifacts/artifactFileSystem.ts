import * as vscode from 'vscode';
import type { Catalog, Scope } from '../catalog/catalog';
import type { Disposable } from '../catalog/emitter';
import type { Connections } from '../connections/connections';
import { artifactFolders } from '../connections/workspaceFolders';
import type { Session, Sessions } from '../session';
import { explainUnsafePath, refuseUnsafePath } from '../tracking/artifactPath';
import { causeOf, isCancellation, TrackingError, type TrackingErrorKind } from '../tracking/errors';
import type { Artifact } from '../tracking/model';
import { keyOf, readArtifactUri, splitPath, type ArtifactPlace } from '../ui/artifactUri';
import { demandSession } from '../ui/demandSession';
import { Lifetime } from '../ui/lifetime';
import { formatSize } from '../ui/numbers';
import { connect } from '../ui/steps';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { BriefReads } from './briefReads';
import { KnownConnections } from './knownConnections';

/** In bytes: an editor takes a file as a whole, and so does the way there. */
const mostBytes = 256 * 2 ** 20;

/** In bytes: a file up to this is read again whenever its run changes, a larger one only when its size did. */
const smallFile = 2 ** 20;

export interface ArtifactFileSystemOptions {
  readonly sessions: Sessions;
  readonly connections: Pick<Connections, 'ready' | 'current' | 'found'>;
  readonly state: Pick<vscode.Memento, 'get' | 'update'>;
  readonly tell: (changes: vscode.FileChangeEvent[]) => void;
  /** Told why nothing can be reached, once until it can again: editors only say that something was unexpected. */
  readonly fail: (error: unknown) => void;
}

/** A file that was read, as it was then. */
interface OpenFile extends ArtifactPlace {
  readonly uri: vscode.Uri;
  readonly size: number | undefined;
}

/** The artifacts of runs as files that are only read: those of the connection that is current. */
export class ArtifactFileSystem implements Disposable {
  private readonly lifetime = new Lifetime();
  private readonly reads = new BriefReads();
  private readonly known: KnownConnections;
  private readonly open = new Map<string, OpenFile>();
  /** When a run was last seen to change, which is when its files did as far as VS Code knows. */
  private readonly changedAt = new Map<string, number>();
  private readonly since = Date.now();
  private followed: Catalog | undefined;
  private following: Disposable | undefined;
  /** Whether the connection of some artifact could not be reached since there last was one. */
  private isCutOff = false;

  constructor(private readonly options: ArtifactFileSystemOptions) {
    this.known = new KnownConnections(options.state);
    this.lifetime.add(
      options.sessions.onDidChange(() => {
        this.follow();
        // A folder that is shown, and could not be, wants a connection as a view does.
        if (this.isCutOff && options.sessions.state.kind === 'idle' && artifactFolders().length > 0)
          void options.sessions.demand();
      }),
    );
    this.follow();
  }

  stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return this.reach(uri, async (catalog, place) => {
      if (!place) return this.toStat('', true, undefined);
      if (place.path === '') {
        await catalog.run(place.runId);
        return this.toStat(place.runId, true, undefined);
      }
      const { isDirectory, size } = await this.find(catalog, place, uri);
      return this.toStat(place.runId, isDirectory, size);
    });
  }

  readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return this.reach(uri, async (catalog, place) => {
      // What runs there are is shown by the tree.
      if (!place) return [];
      if (place.path !== '' && !(await this.find(catalog, place, uri)).isDirectory)
        throw vscode.FileSystemError.FileNotADirectory(uri);
      const { Directory, File } = vscode.FileType;
      const listed = await this.list(catalog, place.runId, place.path);
      return [...listed].map(([name, { isDirectory }]) => [name, isDirectory ? Directory : File]);
    });
  }

  readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.reach(uri, async (catalog, place) => {
      if (!place || place.path === '') throw vscode.FileSystemError.FileIsADirectory(uri);
      const { isDirectory, size } = await this.find(catalog, place, uri);
      if (isDirectory) throw vscode.FileSystemError.FileIsADirectory(uri);
      if (size === 0) return new Uint8Array();
      const bytes = await this.readBytes(catalog, place, size);
      if (!bytes) throw vscode.FileSystemError.FileNotFound(uri);
      this.open.set(uri.toString(), { ...place, uri, size });
      return bytes;
    });
  }

  dispose(): void {
    this.following?.dispose();
    this.reads.dispose();
    this.lifetime.dispose();
  }

  /** Finds what a URI means; whatever goes wrong is thrown as VS Code understands it. */
  private async reach<T>(
    uri: vscode.Uri,
    read: (catalog: Catalog, place: ArtifactPlace | undefined) => Promise<T>,
  ): Promise<T> {
    try {
      const place = readArtifactUri(uri);
      refuseUnsafePath(place?.path ?? '');
      const { catalog } = await this.demandSession(uri.authority).catch((error: unknown) => {
        if (!this.isCutOff) this.options.fail(error);
        this.isCutOff = true;
        throw error;
      });
      return await read(catalog, place);
    } catch (error) {
      throw toFileError(error, uri);
    }
  }

  /** The session of the connection of that key, connected if need be; after a start, as soon as is known where to look. */
  private async demandSession(key: string): Promise<Session> {
    const { sessions, connections } = this.options;
    await connections.ready;
    if (!connections.current) await connections.found.start();
    this.refuseOther(key);
    const session = await demandSession(sessions);
    this.refuseOther(key);
    this.known.remember(key, session.connection.uri);
    return session;
  }

  private refuseOther(key: string): void {
    const { state } = this.options.sessions;
    if (state.kind !== 'none' && keyOf(state.connection) === key) return;
    const owner = this.known.find(key) ?? 'a connection that this workspace does not know';
    const now =
      state.kind === 'none' ? 'is not connected' : `is connected to ${plainText(state.connection.uri)} now`;
    throw new UserError(
      `This artifact belongs to ${plainText(owner)}, but MLflow Lens ${now}. “MLflow: Connect…” leads there.`,
      { next: connect },
    );
  }

  /** What the listing of its folder says of an artifact. In a comparison, what is missing is an empty file: see compareCommands. */
  private async find(catalog: Catalog, { runId, path }: ArtifactPlace, uri: vscode.Uri): Promise<Artifact> {
    const { folder, name } = splitPath(path);
    const found = (await this.list(catalog, runId, folder)).get(name);
    if (found) return found;
    if (uri.query === 'missing') return { path, isDirectory: false, size: 0 };
    throw vscode.FileSystemError.FileNotFound(uri);
  }

  /** What lies in a folder, by name: what a server lists elsewhere, or under a name that leads elsewhere, is left out. */
  private list(catalog: Catalog, runId: string, folder: string): Promise<ReadonlyMap<string, Artifact>> {
    return this.reads.once(`list ${runId} ${folder}`, async () => {
      const artifacts = await catalog.listArtifacts(runId, folder);
      const inside = artifacts.filter(({ path }) => {
        const split = splitPath(path);
        return split.folder === folder && !/^\.?$/.test(split.name) && explainUnsafePath(path) === undefined;
      });
      return new Map(inside.map((artifact) => [splitPath(artifact.path).name, artifact]));
    });
  }

  private async readBytes(
    catalog: Catalog,
    { runId, path }: ArtifactPlace,
    size: number | undefined,
  ): Promise<Uint8Array | undefined> {
    if (size !== undefined && size > mostBytes)
      throw new UserError(
        `${path} has ${formatSize(size)}; files of more than ${formatSize(mostBytes)} are not opened in editors.`,
      );
    // It may have grown since it was listed.
    const limit = size === undefined ? mostBytes : Math.min(mostBytes, 2 * size + smallFile);
    return await this.reads.once(`read ${runId} ${path}`, () => catalog.artifact(runId, path, limit));
  }

  private toStat(runId: string, isDirectory: boolean, size = 0): vscode.FileStat {
    const mtime = this.changedAt.get(runId) ?? this.since;
    const type = isDirectory ? vscode.FileType.Directory : vscode.FileType.File;
    return { type, ctime: this.since, mtime, size, permissions: vscode.FilePermission.Readonly };
  }

  private follow(): void {
    const { catalog } = this.options.sessions;
    if (catalog === this.followed) return;
    this.following?.dispose();
    this.reads.forget();
    this.followed = catalog;
    if (catalog && this.isCutOff) void this.announce();
    this.following = catalog?.onDidChange((scope) => {
      for (const runId of this.runsIn(catalog, scope)) void this.renew(catalog, runId);
    });
  }

  /** Has VS Code list the folders of the workspace that it could not, by telling of what lies there. */
  private async announce(): Promise<void> {
    this.isCutOff = false;
    const listings = artifactFolders().map(async ({ uri }) => {
      const names = (await this.readDirectory(uri).catch(() => [])).map(([name]) => name);
      return names.slice(0, 1).map((name) => vscode.Uri.joinPath(uri, name));
    });
    const uris = (await Promise.all(listings)).flat();
    if (uris.length > 0) this.options.tell(uris.map((uri) => ({ type: vscode.FileChangeType.Created, uri })));
  }

  /** The runs of open files that a change may touch. */
  private runsIn(catalog: Catalog, scope: Scope): ReadonlySet<string> {
    const runs = new Set([...this.open.values()].map(({ runId }) => runId));
    if (scope.kind === 'models' || scope.kind === 'versions') return new Set();
    if (scope.kind !== 'runs') return runs;
    const { experimentId, runIds } = scope;
    const isTouched = (runId: string) =>
      runIds?.includes(runId) ?? catalog.findRun(runId)?.experimentId === experimentId;
    return new Set([...runs].filter(isTouched));
  }

  /** Has VS Code read the open files of a run again, as far as they may have changed. */
  private async renew(catalog: Catalog, runId: string): Promise<void> {
    this.reads.forget();
    this.changedAt.set(runId, Date.now());
    const files = [...this.open.values()].filter((file) => file.runId === runId);
    const changes = await Promise.all(files.map((file) => this.findChange(catalog, file)));
    const news = changes.filter((change) => change !== undefined);
    if (news.length > 0) this.options.tell(news);
  }

  private async findChange(catalog: Catalog, file: OpenFile): Promise<vscode.FileChangeEvent | undefined> {
    const { uri } = file;
    try {
      const { size } = await this.find(catalog, file, uri);
      const isSame = size === file.size && size !== undefined && size > smallFile;
      return isSame ? undefined : { type: vscode.FileChangeType.Changed, uri };
    } catch (error) {
      const isGone = error instanceof vscode.FileSystemError;
      if (isGone) this.open.delete(uri.toString());
      return isGone ? { type: vscode.FileChangeType.Deleted, uri } : undefined;
    }
  }
}

function toFileError(error: unknown, uri: vscode.Uri): vscode.FileSystemError {
  if (error instanceof vscode.FileSystemError) return error;
  const cause = isCancellation(error) ? 'Loading was stopped.' : plainText(causeOf(error), 500);
  const kind = error instanceof TrackingError ? error.kind : undefined;
  if (kind === 'notFound') return vscode.FileSystemError.FileNotFound(uri);
  return kind !== undefined && forbidding.has(kind)
    ? vscode.FileSystemError.NoPermissions(cause)
    : vscode.FileSystemError.Unavailable(cause);
}

const forbidding: ReadonlySet<TrackingErrorKind> = new Set([
  'unauthorized',
  'forbidden',
  'noAccess',
  'rejected',
]);
