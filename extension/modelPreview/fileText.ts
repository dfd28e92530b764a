/** One of a model's files, as far as it was read. */
export type FileText =
  | { readonly kind: 'loading' }
  | { readonly kind: 'missing' }
  /** Whether it is there cannot be told without reading it. */
  | { readonly kind: 'unlisted' }
  | { readonly kind: 'failed'; readonly cause: string }
  /** It is there; what it says was not asked for. */
  | { readonly kind: 'there'; readonly isFolder?: boolean; /** In bytes. */ readonly size?: number }
  | { readonly kind: 'text'; readonly text: string };

/** Where a model's files are read from; names are relative to the folder of its MLmodel. Neither rejects. */
export interface ModelFiles {
  read(name: string): Promise<FileText>;
  /** Whether there is such a file or folder. */
  look(name: string): Promise<FileText>;
}

/** Whether a name that an MLmodel gives leads to what lies in the model's own folder. */
export function isInside(name: string): boolean {
  return !/^([\\/]|[a-z][a-z0-9+.-]*:)|(^|[\\/])\.\.([\\/]|$)|\0/i.test(name) && name !== '';
}
