/** Something that the user can mend; its message says what and how. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
