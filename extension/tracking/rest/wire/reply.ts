import type { Page } from '../../model';
import { decodeArtifact } from './artifacts';
import { decodeExperiment } from './experiments';
import { readField, readObject, readObjects, readOptionalText, toFields, type Fields } from './fields';
import { decodeLoggedModel, decodeModelVersion, decodeRegisteredModel } from './models';
import { decodeMetricOfRun, decodeMetricPoint, decodeRun } from './runs';

/** Why a reply cannot be used. The message continues the sentence "host answered …" and quotes nothing of the reply. */
export class UnusableReply extends Error {
  constructor(
    readonly kind: 'notMlflow' | 'malformed',
    message: string,
  ) {
    super(message);
  }
}

/** The replies that we read, by name, since a function cannot be sent to a worker. One item each gives one page. */
const decoders = {
  /** Like `experiments`, but must look like MLflow: what answers a first request may be anything. */
  firstExperiments: (reply: Fields) => {
    const isKnown = Object.keys(reply).length === 0 || Array.isArray(readField(reply, 'experiments'));
    if (!isKnown) throw new UnusableReply('notMlflow', 'with JSON that is not MLflow’s');
    return decoders.experiments(reply);
  },
  experiments: list('experiments', decodeExperiment),
  runs: list('runs', decodeRun),
  run: single('run', decodeRun),
  metricHistory: list('metrics', decodeMetricPoint),
  metricPreviews: list('metrics', decodeMetricOfRun),
  artifacts: list('files', decodeArtifact),
  registeredModels: list('registered_models', decodeRegisteredModel),
  registeredModel: single('registered_model', decodeRegisteredModel),
  modelVersion: single('model_version', decodeModelVersion),
  modelVersions: list('model_versions', decodeModelVersion),
  loggedModels: list('models', decodeLoggedModel),
  loggedModel: single('model', decodeLoggedModel),
};

export type ReplyName = keyof typeof decoders;
export type DecodedReply<Name extends ReplyName> = ReturnType<(typeof decoders)[Name]>;

/** Items that cannot be told apart for want of an id are left out. */
function list<T>(key: string, decode: (item: Fields) => T | undefined): (reply: Fields) => Page<T> {
  return (reply) => ({
    items: readObjects(reply, key).flatMap((item) => decode(item) ?? []),
    nextPageToken: readOptionalText(reply, 'next_page_token'),
  });
}

function single<T>(key: string, decode: (item: Fields) => T | undefined): (reply: Fields) => Page<T> {
  return (reply) => {
    const item = decode(readObject(reply, key));
    return { items: item === undefined ? [] : [item], nextPageToken: undefined };
  };
}

const webPage = 'with a web page, perhaps to sign in, where MLflow was expected';

/** The body of a reply that is plain text. Throws UnusableReply. */
export function decodePlainText(body: Uint8Array): string {
  const text = decodeText(body);
  if (isWebPage(text)) throw new UnusableReply('notMlflow', webPage);
  return text;
}

/** The text of a reply's body: UTF-8, with or without a byte order mark. Throws UnusableReply. */
export function decodeText(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new UnusableReply('malformed', 'with text that is not valid UTF-8');
  }
}

/**
 * The page that a JSON reply holds. Throws UnusableReply; integers beyond ±(2^53 − 1) need `parse` to keep them, see
 * `hasLongInteger`.
 */
export function decodeReply<Name extends ReplyName>(
  name: Name,
  text: string,
  parse: (text: string) => unknown = JSON.parse,
): DecodedReply<Name> {
  const reply = toFields(parseReply(text, parse));
  if (!reply) throw new UnusableReply('notMlflow', 'with JSON that is not MLflow’s');
  return decoders[name](reply) as DecodedReply<Name>;
}

function parseReply(text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch {
    throw explainUnparsable(text.trim());
  }
}

/** The parsers' own words are of no use here: they quote the text. */
function explainUnparsable(text: string): UnusableReply {
  if (isWebPage(text)) return new UnusableReply('notMlflow', webPage);
  if (text === '') return new UnusableReply('malformed', 'with nothing at all');
  const isCutOff = text.startsWith('{') && !text.endsWith('}');
  return new UnusableReply(
    'malformed',
    isCutOff ? 'with JSON that breaks off' : 'with something that is not JSON',
  );
}

function isWebPage(text: string): boolean {
  return /^\s*<(!doctype|html|head|body|\?xml)/i.test(text);
}
