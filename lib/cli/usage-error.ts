/** The command was not given what it needs; the message says what to write. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
