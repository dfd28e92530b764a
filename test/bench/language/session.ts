import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
import type { BenchDocument } from './benchDocument';
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
  /** What its threads worked until the first diagnostics, and from then on: a busy machine hardly changes that. */
  readonly startWork: number;
  readonly editWork: number;
}

interface Open {
  readonly client: ProtocolConnection;
  readonly document: BenchDocument;
  readonly diagnosed: Diagnosing;
  version: number;
  /** How many characters were typed before the fault. */
  typed: number;
}

const letters = '--verbose ';

/** Starts a server, opens the document, types into the line of a fault and a word that completion offers, and ends the server. */
export async function measureSession(side: Side, document: BenchDocument): Promise<Session> {
  const start = performance.now();
  const server = spawn(process.execPath, [...side.command], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const client = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const open = await openDocument(client, side, document);
    const coldStart = performance.now() - start;
    const startWork = await workTime(server);
    const opened = await residentMemory(server);
    const edits = await typeBeforeFault(open, letters);
    const completions = await typeWord(open);
    const editWork = (await workTime(server)) - startWork;
    const edited = await residentMemory(server);
    await client.sendRequest(ShutdownRequest.type);
    const exited = once(server, 'exit');
    await client.sendNotification(ExitNotification.type);
    await exited;
    client.dispose();
    return { coldStart, edits, completions, opened, edited, startWork, editWork };
  } finally {
    server.kill();
  }
}

/** Done with the first diagnostics. */
async function openDocument(client: ProtocolConnection, side: Side, document: BenchDocument): Promise<Open> {
  const { uri, text, folder, languageId } = document;
  client.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section }) => side.settings[section ?? ''] ?? null),
  );
  client.onRequest(RegistrationRequest.type, () => undefined);
  const diagnosed = side.follow(client, uri);
  client.listen();
  const folders = [{ uri: pathToFileURL(folder).href, name: 'bench' }];
  await introduce(client, { workspaceFolders: folders, capabilities: side.capabilities });
  await openText(client, uri, text, side.languageId ?? languageId);
  const open = { client, document, diagnosed, version: 1, typed: 0 };
  await diagnosed(tellsFault(open));
  return open;
}

/** The times from each letter to the diagnostics of it. */
async function typeBeforeFault(open: Open, typed: string): Promise<readonly number[]> {
  const times: number[] = [];
  const { line, character } = open.document.beforeFault;
  for (const letter of typed) {
    const at = { line, character: character + open.typed };
    const start = performance.now();
    open.typed++;
    await change(open, { start: at, end: at }, letter);
    await open.diagnosed(tellsFault(open));
    times.push(performance.now() - start);
  }
  return times;
}

/** The word that stands there is taken away and typed again; between two letters the server comes to rest. */
async function typeWord(open: Open): Promise<readonly number[]> {
  const times: number[] = [];
  const {
    word,
    atWord: { line, character },
  } = open.document;
  const at = (count: number) => ({ line, character: character + count });
  for (let count = 0; count <= word.length; count++) {
    const range =
      count === 0 ? { start: at(0), end: at(word.length) } : { start: at(count - 1), end: at(count - 1) };
    const start = performance.now();
    await change(open, range, word.slice(Math.max(count - 1, 0), count));
    await completeWord(open, at(count));
    times.push(performance.now() - start);
    await typeBeforeFault(open, 'v');
  }
  return times;
}

async function change(open: Open, range: Range, text: string): Promise<void> {
  open.version++;
  await open.client.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri: open.document.uri, version: open.version },
    contentChanges: [{ range, text }],
  });
}

/** A server that answers with nothing would be the fastest. */
async function completeWord({ client, document: { uri, word } }: Open, position: Position): Promise<void> {
  const answer: CompletionList | CompletionItem[] | null = await client.sendRequest(CompletionRequest.type, {
    textDocument: { uri },
    position,
  });
  const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
  if (!items.some(({ label }) => label === word)) throw new Error(`'${word}' was not offered.`);
}

/** Whether the fault is where it is after all that was typed so far. */
function tellsFault({
  document: { beforeFault, faultEnds },
  typed,
}: Open): (items: readonly Diagnostic[]) => boolean {
  return (items) =>
    items.some(
      ({ range: { start, end } }) =>
        start.line === beforeFault.line && faultEnds.includes(end.character - typed),
    );
}

async function residentMemory({ pid }: ChildProcess): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return (Number(stdout) * 1024) / 1e6;
}

/** Milliseconds of processor time of all threads, as Linux tells it. */
async function workTime({ pid }: ChildProcess): Promise<number> {
  const threads = join('/proc', String(pid), 'task');
  const times = (await readdir(threads)).map(async (thread) => {
    const [nanoseconds] = (await readFile(join(threads, thread, 'schedstat'), 'utf8')).split(' ');
    return Number(nanoseconds) / 1e6;
  });
  return (await Promise.all(times)).reduce((sum, time) => sum + time, 0);
}
