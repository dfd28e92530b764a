import {
  type ClientCapabilities,
  type Connection,
  DidChangeWorkspaceFoldersNotification,
  Emitter,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  RegistrationRequest,
  ResponseError,
} from 'vscode-languageserver';
import { dynamicRegistrations, serverCapabilities } from './capabilities';
import { clientFiles } from './clientFiles';
import { clientStored } from './clientStored';
import { DiagnosticReports } from './diagnosticReports';
import { type FileReader, noFiles, routeFiles } from './files';
import { OpenDocuments } from './openDocuments';
import { Projects } from './projects';
import type { ClientOptions } from './protocol';
import { ResourceSettings } from './resourceSettings';
import { serveDiagnostics } from './serveDiagnostics';
import { serveFeatures } from './serveFeatures';
import { serveWorkspaceDiagnostics } from './serveWorkspaceDiagnostics';
import { WorkspaceOwners } from './workspaceOwners';

/** `files` reads `file:` URIs; without it the client is asked, as it is for all others, if it answers. */
export interface ServerOptions {
  readonly files?: FileReader;
  /** Called whenever the diagnostics of a document are worked out. */
  readonly onDiagnosed?: () => void;
}

/**
 * Serves one client until it says exit or hangs up. The connection is not yet listening; whoever made it chose the
 * transport: a process's standard streams or channel, a browser worker, a stream in a test.
 */
export function startServer(connection: Connection, options: ServerOptions = {}): void {
  let isInitialized = false;
  connection.onInitialize((params) => {
    if (isInitialized) return new ResponseError(ErrorCodes.InvalidRequest, 'Already initialized');
    isInitialized = true;
    return serveClient(connection, options, params);
  });
  connection.listen();
}

function serveClient(
  connection: Connection,
  { files, onDiagnosed }: ServerOptions,
  { capabilities, initializationOptions, workspaceFolders }: ClientParams,
): InitializeResult {
  const client = readClientOptions(initializationOptions);
  const others = client.readsFiles === true ? clientFiles(connection) : noFiles;
  const reader = routeFiles(files ?? others, others);
  const documents = new OpenDocuments(reader);
  const projects = new Projects(documents);
  const settings = new ResourceSettings(connection, capabilities, initializationOptions);
  const isWatched = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  const folders = workspaceFolders?.map(uriOf) ?? [];
  const workspaceOwners = new WorkspaceOwners(reader, isWatched, folders);
  const reports = new DiagnosticReports(documents, projects, settings, onDiagnosed);
  const changed = new Emitter<void>();
  const onDidChange = changed.event;
  serveDiagnostics({ connection, capabilities, documents, reports, onDidChange });
  serveWorkspaceDiagnostics({ connection, reports, workspaceOwners, onDidChange });
  const findStored =
    client.findsStored === true ? clientStored(connection) : () => Promise.resolve(undefined);
  serveFeatures(connection, { projects, settings, client, findStored, capabilities, onDidChange });
  documents.listen(connection);
  followChanges({ connection, documents, projects, settings, workspaceOwners, changed });
  connection.onInitialized(() => {
    register(connection, capabilities);
  });
  return { serverInfo: { name: 'MLflow Lens' }, capabilities: serverCapabilities(client) };
}

interface Followed {
  readonly connection: Connection;
  readonly documents: OpenDocuments;
  readonly projects: Projects;
  readonly settings: ResourceSettings;
  readonly workspaceOwners: WorkspaceOwners;
  readonly changed: Emitter<void>;
}

/** What the client tells of files, folders and settings goes to those who rest on it. */
function followChanges(followed: Followed): void {
  const { connection, documents, projects, settings, workspaceOwners, changed } = followed;
  projects.onDidChange(() => {
    changed.fire();
  });
  connection.onDidChangeConfiguration((change) => {
    settings.change(change.settings);
    changed.fire();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const uris = changes.map(uriOf);
    projects.invalidate(uris);
    if (workspaceOwners.change(uris)) changed.fire();
  });
  // One that tells of no files at least saves those that it changes.
  documents.onDidSave(() => {
    if (!workspaceOwners.isWatched) projects.invalidate();
  });
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
    workspaceOwners.changeFolders(event.added.map(uriOf), event.removed.map(uriOf));
    changed.fire();
  });
}

function register(connection: Connection, capabilities: ClientCapabilities): void {
  const params = dynamicRegistrations(capabilities);
  if (params.registrations.length === 0) return;
  connection.sendRequest(RegistrationRequest.type, params).catch((error: unknown) => {
    connection.console.warn(`Changed files or settings will not be noticed: ${String(error)}`);
  });
}

function uriOf({ uri }: { readonly uri: string }): string {
  return uri;
}

type ClientParams = Pick<InitializeParams, 'capabilities' | 'initializationOptions' | 'workspaceFolders'>;

/** What is no option is as if it were not said. */
function readClientOptions(value: unknown): ClientOptions {
  if (typeof value !== 'object' || value === null) return {};
  const commands = 'commands' in value && Array.isArray(value.commands) ? value.commands : [];
  return {
    commands: commands.filter((command) => typeof command === 'string'),
    readsFiles: 'readsFiles' in value && value.readsFiles === true,
    findsStored: 'findsStored' in value && value.findsStored === true,
  };
}
