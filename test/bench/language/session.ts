import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import {
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  ExitNotification,
  type Position,
  type ProtocolConnection,
  type Range,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { introduce, open as openText } from '../../language-server/client';
import type { BenchProject } from './project';
import type { Diagnosing, Side } from './sides';

/** One life of a server with one document; times in ms, memory (RSS) in MB. */
export interface Session {
  /** From the start of the process to the first diagnostic. */
  readonly coldStart: number;
  /** From each edit to the diagnostics of that text. */
  readonly edits: readonly number[];
  /** From each edit to the completions at the caret, asked for at once. */
  readonly completions: readonly number[];
  /** Once the first diagnostics are there, and after all edits. */
  readonly opened: number;
  readonly edited: number;
}

interface Open {
  readonly client: ProtocolConnection;
  readonly project: BenchProject;
  readonly diagnosed: Diagnosing;
  version: number;
  /** How many characters were typed into the command. */
  typed: number;
}

const option = '--verbose ';
const type = 'float';

/** Starts a server, opens the document, types an option into a command and a type at a parameter, and ends the server. */
export async function measureSession(side: Side, project: BenchProject): Promise<Session> {
  const start = performance.now();
  const server = spawn(process.execPath, [...side.command], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const client = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const open = await openProject(client, side, project);
    const coldStart = performance.now() - start;
    const opened = await residentMemory(server);
    const edits = await typeIntoCommand(open, option);
    const completions = await typeType(open);
    const edited = await residentMemory(server);
    await client.sendRequest(ShutdownRequest.type);
    const exited = once(server, 'exit');
    await client.sendNotification(ExitNotification.type);
    await exited;
    client.dispose();
    return { coldStart, edits, completions, opened, edited };
  } finally {
    server.kill();
  }
}

/** Done with the first diagnostics. */
async function openProject(client: ProtocolConnection, side: Side, project: BenchProject): Promise<Open> {
  const { uri, text, folder } = project;
  client.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section }) => side.settings[section ?? ''] ?? null),
  );
  client.onRequest(RegistrationRequest.type, () => undefined);
  const diagnosed = side.follow(client, uri);
  client.listen();
  const folders = [{ uri: pathToFileURL(folder).href, name: 'bench' }];
  await introduce(client, { workspaceFolders: folders, capabilities: side.capabilities });
  await openText(client, uri, text, side.languageId);
  const open = { client, project, diagnosed, version: 1, typed: 0 };
  await diagnosed(tellsFault(open));
  return open;
}

/** The times from each letter to the diagnostics of it. */
async function typeIntoCommand(open: Open, letters: string): Promise<readonly number[]> {
  const times: number[] = [];
  const { line, character } = open.project.inCommand;
  for (const letter of letters) {
    const at = { line, character: character + open.typed };
    const start = performance.now();
    open.typed++;
    await change(open, { start: at, end: at }, letter);
    await open.diagnosed(tellsFault(open));
    times.push(performance.now() - start);
  }
  return times;
}

/** The type that stands there is taken away and typed again; between two letters the server comes to rest. */
async function typeType(open: Open): Promise<readonly number[]> {
  const times: number[] = [];
  const { line, character } = open.project.atType;
  const at = (count: number) => ({ line, character: character + count });
  for (let count = 0; count <= type.length; count++) {
    const range =
      count === 0 ? { start: at(0), end: at(type.length) } : { start: at(count - 1), end: at(count - 1) };
    const start = performance.now();
    await change(open, range, type.slice(Math.max(count - 1, 0), count));
    await completeType(open, at(count));
    times.push(performance.now() - start);
    await typeIntoCommand(open, 'v');
  }
  return times;
}

async function change(open: Open, range: Range, text: string): Promise<void> {
  open.version++;
  await open.client.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri: open.project.uri, version: open.version },
    contentChanges: [{ range, text }],
  });
}

/** A server that answers with nothing would be the fastest. */
async function completeType({ client, project: { uri } }: Open, position: Position): Promise<void> {
  const answer: CompletionList | CompletionItem[] | null = await client.sendRequest(CompletionRequest.type, {
    textDocument: { uri },
    position,
  });
  const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
  if (!items.some(({ label }) => label === type)) throw new Error(`'${type}' was not offered.`);
}

/** Whether the fault is where it is after all that was typed so far. */
function tellsFault({
  project: { inCommand, faultEnds },
  typed,
}: Open): (items: readonly Diagnostic[]) => boolean {
  return (items) =>
    items.some(
      ({ range: { start, end } }) =>
        start.line === inCommand.line && faultEnds.includes(end.character - typed),
    );
}

async function residentMemory({ pid }: ChildProcess): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return (Number(stdout) * 1024) / 1e6;
}
