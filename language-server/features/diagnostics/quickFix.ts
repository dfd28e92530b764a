/**
 * How a diagnostic can be mended, in its `data`; whoever makes the edit reads the rest from the document. "The range" is the
 * diagnostic's.
 */
export type QuickFix =
  /** The range is a key. */
  | { readonly fix: 'rename-key'; readonly to: string }
  /** The range is a key: it goes with its value. */
  | { readonly fix: 'remove-key' }
  /** The range is a key or a value that YAML reads as something else than text. */
  | { readonly fix: 'quote' }
  | { readonly fix: 'replace'; readonly to: string }
  | {
      readonly fix: 'declare-parameter';
      readonly entryPoint: string;
      readonly name: string;
      readonly type: string;
    }
  | { readonly fix: 'remove-parameter'; readonly entryPoint: string; readonly name: string }
  | { readonly fix: 'add-command'; readonly entryPoint: string }
  /** `lr: 0.1` is meant to be `lr: {type: float, default: 0.1}`; the range is the value. */
  | { readonly fix: 'make-default'; readonly type: string }
  /** The range is a script's path in a command: it is passed what it stops without, and parameters are declared for that. */
  | { readonly fix: 'pass-options'; readonly entryPoint: string }
  | { readonly fix: 'add-name' }
  | {
      readonly fix: 'create-environment-file';
      readonly path: string;
      readonly kind: 'python_env' | 'conda_env';
    }
  /** `{` and `}` in the range are to be text. */
  | { readonly fix: 'double-braces' }
  /** The range is a placeholder within quotes that are the shell's. */
  | { readonly fix: 'unquote' }
  | { readonly fix: 'rename-file'; readonly to: string };

/** Writes what was meant, if that is known. */
export function replaceBy(near: string | undefined): { readonly fix?: QuickFix } {
  return near === undefined ? {} : { fix: { fix: 'replace', to: near } };
}
