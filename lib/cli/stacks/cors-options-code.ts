import { quoted } from './quoted.js';
import { quotedList } from './quoted-list.js';
import type { Setting } from './setting.js';

/** A setting as options of `enableCors()`, of the package `cors`, and of this library. */
export function corsOptionsCode({ origin, credentials, methods, allowedHeaders }: Setting): string {
  const options: string[] = [];
  // The others stand in the user's code, where nobody else can see them.
  if (origin !== undefined) options.push(`origin: [${quoted(origin)} /* and your others */]`);
  if (credentials !== undefined) options.push(`credentials: ${credentials}`);
  if (methods !== undefined) options.push(`methods: ${quotedList(methods)}`);
  if (allowedHeaders !== undefined) options.push(`allowedHeaders: ${quotedList(allowedHeaders)}`);
  return `{ ${options.join(', ')} }`;
}
