import { CancellationTokenSource, ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { open } from '../../language-server/client';
import type { FaultOptions } from '../faultOptions';
import { endBy } from '../measuredProcess';
import { compareWithFresh } from './documentTrials';
import { askAll, isCancelled, requestsAbout, requestsAt } from './everyRequest';
import { type Findings, longestAnswer } from './findings';
import { endTrials, framingTrials } from './framingTrials';
import type { LspTrial } from './lspTrial';
import { type ServerProcess, withServer } from './serverProcess';

const uri = 'file:///hostile/MLproject';
const text =
  'name: demo\nentry_points:\n  main:\n    parameters: {alpha: float}\n    command: echo {alpha} {beta}\n';
const start = { line: 0, character: 0 };
const far = { line: 2 ** 31 - 1, character: 2 ** 31 - 1 };

type Abuse = (server: ServerProcess, findings: Findings, options: FaultOptions) => Promise<string>;

const abuses: Readonly<Record<string, Abuse>> = {
  'position out of range': askOutOfRange,
  'change out of range': changeOutOfRange,
  'old version': async (server, findings) => {
    await open(server.client, uri, text);
    await server.change(uri, 9, [{ text: 'nmae: a\n' }]);
    await server.change(uri, 3, [{ text }]);
    await compareWithFresh(server, text, findings);
    return 'the last text counts';
  },
  'change before open': async (server, findings) => {
    await server.change(uri, 2, [{ range: { start, end: far }, text }]);
    await expectCount(server, 0, findings);
    await open(server.client, uri, text);
    await compareWithFresh(server, text, findings);
    return 'left alone';
  },
  'double open, double close': async (server, findings) => {
    await open(server.client, uri, 'nmae: a\n');
    await open(server.client, uri, text);
    await compareWithFresh(server, text, findings);
    await server.close(uri);
    await server.close(uri);
    await expectCount(server, 0, findings);
    return 'the last text counts; then nothing';
  },
  'unknown method': async (server, findings) => {
    await server.client.sendNotification('textDocument/didVanish', { uri });
    await server.client.sendNotification('$/vanish', { uri });
    const answer: unknown = await server.ask('textDocument/vanish', { uri }).catch((error: unknown) => error);
    const isRight = answer instanceof ResponseError && answer.code === ErrorCodes.MethodNotFound;
    if (!isRight) findings.add('right', String(answer));
    return String(answer);
  },
  'wrong parameters': askNonsense,
  'cancel storm': stormWithCancels,
  '1,000 edits': editInABurst,
  '100 documents': openMany,
};

/** The rows about the protocol in reference/PERFORMANCE.md §7d. */
export const protocolTrials: readonly LspTrial[] = [
  ...Object.entries(abuses).map(([name, abuse]): LspTrial => ({
    group: 'protocol',
    name,
    run: (findings, options) => withServer(findings, (server) => abuse(server, findings, options)),
  })),
  ...framingTrials,
  ...endTrials,
];

async function expectCount(server: ServerProcess, count: number, findings: Findings): Promise<void> {
  const { length } = await server.diagnose(uri);
  if (length !== count) findings.add('right', `${length} diagnostics instead of ${count}`);
}

async function askOutOfRange(server: ServerProcess, findings: Findings): Promise<string> {
  await open(server.client, uri, text);
  const places = [
    far,
    { line: far.line, character: 0 },
    { line: 4, character: far.character },
    { line: -1, character: -1 },
  ];
  const requests = places.flatMap((place) => [
    ...requestsAbout(uri, { start: place, end: far }),
    ...requestsAbout(uri, { start: far, end: place }),
    ...requestsAt(uri, place),
  ]);
  await askAll(server.ask, requests, findings);
  return `${requests.length} answers`;
}

async function changeOutOfRange(server: ServerProcess, findings: Findings): Promise<string> {
  await open(server.client, uri, text);
  await server.change(uri, 2, [{ range: { start: far, end: far }, text: 'nmae: a\n' }]);
  await compareWithFresh(server, `${text}nmae: a\n`, findings);
  await server.change(uri, 3, [{ range: { start: { line: -1, character: -1 }, end: far }, text }]);
  await compareWithFresh(server, text, findings);
  return 'counts as the nearest place';
}

/** What breaks the protocol may be answered with an error; the next question must not be. */
async function askNonsense(server: ServerProcess, findings: Findings): Promise<string> {
  await open(server.client, uri, text);
  const nonsense = [
    {},
    { textDocument: null },
    { textDocument: { uri: 7 } },
    { textDocument: { uri }, position: null, range: 'x', positions: 1, options: [] },
  ];
  for (const { method } of [...requestsAbout(uri, { start, end: far }), ...requestsAt(uri, start)])
    for (const params of nonsense) await server.ask(method, params).catch(throwUnlessAnswer);
  await server.client.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: 'x' },
    contentChanges: [],
  });
  // What a guarded handler logged of such questions is as it should be.
  server.complaints.length = 0;
  await compareWithFresh(server, text, findings);
  return 'answered or refused';
}

function throwUnlessAnswer(error: unknown): void {
  if (!(error instanceof ResponseError)) throw error;
}

async function stormWithCancels(server: ServerProcess, findings: Findings): Promise<string> {
  await open(server.client, uri, text);
  const requests = Array.from({ length: 20 }, () => [
    ...requestsAbout(uri, { start, end: far }),
    ...requestsAt(uri, { line: 4, character: 18 }),
  ]).flat();
  let cancelled = 0;
  const asking = requests.map(async ({ method, params }) => {
    const source = new CancellationTokenSource();
    const answer = server.client.sendRequest(method, params, source.token);
    source.cancel();
    await answer.catch((error: unknown) => {
      if (isCancelled(error)) cancelled++;
      else findings.add('answers', `${method}: ${String(error)}`);
    });
  });
  await endBy(30_000, Promise.all(asking));
  await compareWithFresh(server, text, findings);
  return `${cancelled} of ${requests.length} cancelled`;
}

/** A line grows letter by letter, with a question at every tenth. */
async function editInABurst(
  server: ServerProcess,
  findings: Findings,
  { isTimed }: FaultOptions,
): Promise<string> {
  await open(server.client, uri, text);
  const begin = performance.now();
  const answers: Promise<unknown>[] = [];
  for (let edit = 0; edit < 1_000; edit++) {
    const at = { line: 0, character: 6 + edit };
    await server.change(uri, edit + 2, [{ range: { start: at, end: at }, text: 'x' }]);
    const about = { textDocument: { uri } };
    if (edit % 10 === 0) answers.push(server.ask('textDocument/hover', { ...about, position: at }));
  }
  await endBy(30_000, Promise.all(answers));
  await compareWithFresh(server, text.replace('demo', `${'x'.repeat(1_000)}demo`), findings);
  const ms = Math.ceil(performance.now() - begin);
  if (isTimed && ms > longestAnswer) findings.add('prompt', `${ms} ms`);
  return `all known after ${ms} ms`;
}

/** Each has as many faults as its number says, and keeps them apart from the others'. */
async function openMany(server: ServerProcess, findings: Findings): Promise<string> {
  const names = Array.from({ length: 100 }, (_, at) => `file:///many/${at}/MLproject`);
  await Promise.all(
    names.map((name, at) => open(server.client, name, `${'nmae: x\n'.repeat(at)}name: demo\n`)),
  );
  const counts = await endBy(
    30_000,
    Promise.all(names.map(async (name) => (await server.diagnose(name)).length)),
  );
  counts.forEach((count, at) => {
    // The key that comes again is told of as that, too.
    if (at === 0 ? count !== 0 : count < at) findings.add('right', `${count} diagnostics of document ${at}`);
  });
  await Promise.all(names.map((name) => server.close(name)));
  return `${counts.reduce((sum, count) => sum + count)} diagnostics`;
}
