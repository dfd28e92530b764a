import { posix } from 'node:path';
import { isBoolean, isRecordOf, isText } from '../../webviews/protocol/guards';

/** What a virtual document shows, of which connection. */
export type DocumentSubject =
  | { readonly kind: 'run'; readonly connectionUri: string; readonly runId: string }
  /** A small file of a model version, such as `MLmodel`. */
  | {
      readonly kind: 'version';
      readonly connectionUri: string;
      readonly modelName: string;
      readonly version: string;
      readonly file: string;
    }
  /** A small file of a logged model. */
  | {
      readonly kind: 'loggedModel';
      readonly connectionUri: string;
      readonly modelId: string;
      readonly file: string;
    }
  /** What a model version takes and gives, a line for each column; `isSorted` by name and not in its own order. */
  | {
      readonly kind: 'signature';
      readonly connectionUri: string;
      readonly modelName: string;
      readonly version: string;
      readonly isSorted: boolean;
    };

export const documentScheme = 'mlflow-run-document';

export interface UriParts {
  readonly scheme: string;
  /** What VS Code shows of it, and knows the language by. */
  readonly path: string;
  /** Names the subject. */
  readonly query: string;
}

/** Where a subject's document lies; `title` is a stranger's name for it. */
export function toUriParts(subject: DocumentSubject, title: string): UriParts {
  return {
    scheme: documentScheme,
    path: `/${toName(title)}/${toName(fileOf(subject))}`,
    query: JSON.stringify(subject),
  };
}

/** Where a file lies whose path is relative to the folder of a document, one of ours or of any other scheme. */
export function besideParts(
  { path, query }: Pick<UriParts, 'path' | 'query'>,
  name: string,
): Pick<UriParts, 'path' | 'query'> {
  const beside = posix.join(posix.dirname(path), name);
  const subject = readSubject(query);
  if (subject?.kind === 'version' || subject?.kind === 'loggedModel')
    return { path: beside, query: JSON.stringify({ ...subject, file: name }) };
  return { path: beside, query };
}

function fileOf(subject: DocumentSubject): string {
  switch (subject.kind) {
    case 'run':
      return 'run.txt';
    case 'version':
    case 'loggedModel':
      return subject.file;
    case 'signature':
      return 'signature.txt';
  }
}

/** A stranger's name as one that a file may have. */
export function toName(text: string): string {
  const name = text.replace(/[\\/:\p{C}]/gu, '_').slice(-80);
  return /^\.*$/.test(name) ? '_' : name;
}

/** The subject of a document; undefined for a URI that is none of ours. */
export function readSubject(query: string): DocumentSubject | undefined {
  const value = parse(query);
  return [isRun, isVersion, isLoggedModel, isSignature].some((isSubject) => isSubject(value))
    ? (value as DocumentSubject)
    : undefined;
}

type Of<Kind> = Extract<DocumentSubject, { readonly kind: Kind }>;

const isRun = isRecordOf<Of<'run'>>({
  kind: (kind): kind is 'run' => kind === 'run',
  connectionUri: isText,
  runId: isText,
});

const isVersion = isRecordOf<Of<'version'>>({
  kind: (kind): kind is 'version' => kind === 'version',
  ...{ connectionUri: isText, modelName: isText, version: isText, file: isText },
});

const isLoggedModel = isRecordOf<Of<'loggedModel'>>({
  kind: (kind): kind is 'loggedModel' => kind === 'loggedModel',
  ...{ connectionUri: isText, modelId: isText, file: isText },
});

const isSignature = isRecordOf<Of<'signature'>>({
  kind: (kind): kind is 'signature' => kind === 'signature',
  ...{ connectionUri: isText, modelName: isText, version: isText, isSorted: isBoolean },
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
