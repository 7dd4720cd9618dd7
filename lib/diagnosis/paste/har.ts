import type { HeaderLines } from '../../browser/index.js';
import { httpUrl, readRequestHeaders, tokenOf } from './facts.js';
import type { Paste } from './paste.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one request of a HAR file: the first whose URL contains a text, otherwise the first that failed,
 * otherwise the first that a page of another origin sent. Bodies are not looked at. Null when there is none.
 */
export function readHar(text: string, part: string | undefined): Paste | null {
  const entries = entriesOf(text)
    .map(readEntry)
    .filter((entry) => entry !== null);
  if (part !== undefined) return entries.find(({ url }) => url?.includes(part)) ?? null;
  return (
    entries.find(({ response }) => response?.status === 0) ?? entries.find(isCrossOrigin) ?? null
  );
}

function isCrossOrigin({ url, origin }: Paste): boolean {
  return url !== undefined && origin !== undefined && new URL(url).origin !== origin;
}

function entriesOf(text: string): readonly unknown[] {
  let har: unknown;
  try {
    har = JSON.parse(text);
  } catch {
    return [];
  }
  const entries = fieldsOf(fieldsOf(har)['log'])['entries'];
  return Array.isArray(entries) ? entries : [];
}

function readEntry(entry: unknown): Paste | null {
  const { request, response } = fieldsOf(entry);
  const asked = fieldsOf(request);
  const url = httpUrl(textOf(asked['url']));
  if (url === undefined) return null;
  const answered = fieldsOf(response);
  const status = Number(answered['status'] ?? 0);
  return {
    form: 'har',
    url,
    method: tokenOf(textOf(asked['method'])) ?? 'GET',
    ...readRequestHeaders(headerLines(asked['headers'])),
    response: { status, headers: headerLines(answered['headers']) },
  };
}

function headerLines(headers: unknown): HeaderLines {
  if (!Array.isArray(headers)) return [];
  return headers.map((header) => {
    const { name, value } = fieldsOf(header);
    return [textOf(name) ?? '', textOf(value) ?? ''] as const;
  });
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
