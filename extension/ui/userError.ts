import type { CommandId } from '../manifest';

/** Something that the user can mend; its message says what and how. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** The command that mends it. */
  readonly next: CommandId | undefined;

  constructor(
    message: string,
    { next, cause }: { readonly next?: CommandId; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.next = next;
  }
}
