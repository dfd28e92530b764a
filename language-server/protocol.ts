/** The languages this server reads, as package.json's `contributes.languages` names them. */
export const languageIds = ['mlproject', 'mlmodel'] as const;
export type LanguageId = (typeof languageIds)[number];

/** What a client may say of itself in `initializationOptions`. Each may be absent. */
export interface ClientOptions {
  /** Ids of commands that it runs: code lenses are given for these only. */
  readonly commands?: readonly string[];
  /** It answers `fileRequests`, for files that the server cannot read by itself. */
  readonly readsFiles?: boolean;
  /** It answers `storedRequest`. */
  readonly findsStored?: boolean;
}

/** What the server asks such a client about files, server → client. Answers are those of FileReader (files.ts); null for undefined. */
export const fileRequests = {
  kind: 'mlflow/fileKind',
  text: 'mlflow/fileText',
  entries: 'mlflow/folderEntries',
} as const;

/** What lies at a URI: `missing` where nothing does, `unknown` where it cannot be told. */
export type FileKind = 'file' | 'directory' | 'missing' | 'unknown';

export interface FileParams {
  readonly uri: string;
}

export interface FileTextParams extends FileParams {
  readonly mostBytes: number;
}

/**
 * Asked of a client that knows a tracking store, server → client, with a StoredTarget: the URI of a text document about that run, or of
 * the MLmodel of that logged model; null where it knows none.
 */
export const storedRequest = 'mlflow/storedDocument';

export type StoredTarget = { readonly runId: string } | { readonly modelId: string };

/** The setting of the workspace's Python. A client that knows its version answers so where the user set none. */
export const pythonVersionSection = 'mlflow.languageServer.pythonVersion';
