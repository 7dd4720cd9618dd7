import type { Readable } from 'node:stream';
import { tooLong } from './usage-error.js';

/**
 * Reads a stream to its end, as text.
 *
 * @throws what `tooLarge` gives when it is longer than it may be
 */
export async function readAll(
  stream: Readable,
  maxBytes: number,
  tooLarge: (bytes: number) => Error = tooLong,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const input: AsyncIterable<Uint8Array> = stream;
  for await (const bytes of input) {
    length += bytes.length;
    if (length > maxBytes) throw tooLarge(length);
    chunks.push(bytes);
  }
  return decoded(Buffer.concat(chunks));
}

/** Windows PowerShell writes UTF-16 where output is redirected to a file. */
export function decoded(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  // It drops the mark at the beginning.
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
