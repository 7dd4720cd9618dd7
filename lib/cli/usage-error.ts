/** The command line is incomplete or invalid; the message says what to write. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A HAR file is one JSON text: it is held whole while it is read. */
export const MAX_PASTE_BYTES = 50_000_000;

/** What to say of a paste that is not read. */
export function tooLong(bytes: number): UsageError {
  return new UsageError(
    `Expected a paste of up to ${MAX_PASTE_BYTES / 1e6} MB, got ${Math.ceil(bytes / 1e6)} MB or more. ` +
      'In the network panel, clear the list, repeat the request and save that alone, or use `Copy as cURL`.',
  );
}
