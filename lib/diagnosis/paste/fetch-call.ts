import { httpUrl, readRequest, tokenOf } from './facts.js';
import type { Paste } from './paste.js';

/** Reads a call of `fetch()`, as `Copy as fetch` gives it for the browser and for Node. */
export function readFetchCall(text: string): Paste | null {
  const call = /\bfetch\(\s*(["'`])(https?:\/\/[^"'`\s]+)\1\s*(,?)/.exec(text);
  const url = httpUrl(call?.[2]);
  if (call === null || url === undefined) return null;
  const rest = text.slice(call.index + call[0].length);
  const options = call[3] === ',' ? objectIn(rest) : {};
  const stringOf = (name: string) => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const facts = readRequest(tokenOf(stringOf('method')) ?? 'GET', [
    ...headerLines(options['headers']),
    // The Node version has no header for it.
    ['Referer', stringOf('referrer') ?? ''],
  ]);
  const credentials = stringOf('credentials');
  return {
    form: 'fetch',
    url,
    ...facts,
    ...(credentials !== undefined && { credentials: credentials === 'include' }),
  };
}

function headerLines(headers: unknown): readonly (readonly [string, string])[] {
  if (typeof headers !== 'object' || headers === null) return [];
  return Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
}

/** The object literal that a text begins with, if it is JSON; what people wrote by hand is searched. */
function objectIn(text: string): Readonly<Record<string, unknown>> {
  const end = text.lastIndexOf('}');
  try {
    const value: unknown = JSON.parse(text.slice(0, end + 1));
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Not JSON: an object literal.
  }
  const found = (name: string) =>
    new RegExp(`["']?\\b${name}["']?\\s*:\\s*["'\`]([^"'\`\\n]*)`, 'i').exec(text)?.[1];
  const names = ['content-type', 'authorization'].flatMap((name) => {
    const value = found(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    method: found('method'),
    credentials: found('credentials'),
    headers: Object.fromEntries(names),
  };
}
