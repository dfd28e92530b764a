import type { Step } from './steps';

/** Something that the user can mend; its message says what and how. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** What mends it. */
  readonly next: Step | undefined;

  constructor(message: string, { next, cause }: { readonly next?: Step; readonly cause?: unknown } = {}) {
    super(message, { cause });
    this.next = next;
  }
}
