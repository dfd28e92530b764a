import { isDeepStrictEqual } from 'node:util';
import { DiagnosticSeverity, type Position, type Range } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { open } from '../../language-server/client';
import type { FaultOptions } from '../faultOptions';
import { askAll, requestsAbout, requestsAt } from './everyRequest';
import { type Findings, longestAnswer } from './findings';
import { type HostileDocument, hostileDocuments } from './hostileDocuments';
import type { LspTrial } from './lspTrial';
import { type ServerProcess, withServer } from './serverProcess';

const uri = 'file:///hostile/MLproject';
const typed = 'x: [y\n';
const [manyAtMost, manyAtLeast] = [100_000, 5_000];

/** Each hostile document is opened, asked everything about, edited and asked again. */
export const documentTrials: readonly LspTrial[] = hostileDocuments.map((hostile) => ({
  group: 'document',
  name: hostile.name,
  run: (findings, options) => withServer(findings, (server) => inspect(server, hostile, findings, options)),
}));

async function inspect(
  server: ServerProcess,
  { text: make, isSound }: HostileDocument,
  findings: Findings,
  { isTimed, isShort }: FaultOptions,
): Promise<string> {
  const text = make(isShort ? manyAtLeast : manyAtMost);
  const { whole, places } = placesIn(text);
  await open(server.client, uri, text);
  const asked = isShort ? places.slice(0, 1) : places;
  const requests = [...requestsAbout(uri, whole), ...asked.flatMap((place) => requestsAt(uri, place))];
  const first = await askAll(server.ask, requests, findings);
  const diagnostics = await server.diagnose(uri);
  const errors = diagnostics.filter(({ severity }) => severity === DiagnosticSeverity.Error);
  if (isSound !== (errors.length === 0))
    findings.add('right', errors.length === 0 ? 'no error' : String(errors[0]?.code));
  await server.change(uri, 2, [{ range: { start: whole.end, end: whole.end }, text: typed }]);
  const second = await askAll(server.ask, isShort ? requests.slice(0, 1) : requests, findings);
  await compareWithFresh(server, text + typed, findings);
  const longest = first.ms > second.ms ? first : second;
  if (isTimed && longest.ms > longestAnswer)
    findings.add('prompt', `${longest.method} took ${Math.round(longest.ms)} ms`);
  const told = [...new Set(diagnostics.map(({ code }) => code))].join(' ');
  return `${Math.ceil(longest.ms)} ms ${longest.method.replace('textDocument/', '')}; ${diagnostics.length}: ${told}`;
}

function placesIn(text: string): { readonly whole: Range; readonly places: readonly Position[] } {
  const document = TextDocument.create(uri, 'mlproject', 1, text);
  const [middle, start, end] = [text.length >> 1, 0, text.length].map((at) => document.positionAt(at));
  const origin = { line: 0, character: 0 };
  const places = [middle ?? origin, start ?? origin, end ?? origin];
  return { whole: { start: origin, end: end ?? origin }, places };
}

/** The same text under a name that the server has never heard. */
export async function compareWithFresh(
  server: ServerProcess,
  text: string,
  findings: Findings,
): Promise<void> {
  const fresh = 'file:///fresh/MLproject';
  await open(server.client, fresh, text);
  const [ours, theirs] = [await server.diagnose(uri), await server.diagnose(fresh)];
  const known = JSON.parse(JSON.stringify(ours).replaceAll(uri, fresh)) as typeof ours;
  if (!isDeepStrictEqual(known, theirs))
    findings.add('right', 'diagnostics are not those of the text opened anew');
  await server.close(fresh);
}
