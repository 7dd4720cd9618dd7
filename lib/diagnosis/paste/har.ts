import type { HeaderLines } from '../../browser/index.js';
import { HeaderList } from '../../browser/http/header-list.js';
import type { Lookalike } from '../lookalikes/lookalike.js';
import { findLookalike } from '../lookalikes.js';
import { httpUrl, readRequest, type RequestFacts, tokenOf } from './facts.js';
import type { Paste, PastedResponse } from './paste.js';

type Fields = Readonly<Record<string, unknown>>;

/** One request of a HAR file. */
interface Entry extends RequestFacts {
  readonly url: string;
  /** Null where it got none. */
  readonly response: PastedResponse | null;
  readonly lookalike: Lookalike | null;
  readonly error: string;
}

/**
 * Reads one request of a HAR file: the first whose URL contains a text, otherwise the first that
 * failed, otherwise the first of another origin, best one that lacks CORS headers. Its preflight and
 * what it was redirected to come with it. Bodies are not looked at. Null when there is none.
 */
export function readHar(text: string, part: string | undefined): Paste | null {
  return readHarFile(text, part).paste;
}

/** The same, and which requests there are to choose from: those of other origins, and that failed. */
export function readHarFile(text: string, part: string | undefined): HarFile {
  const entries = entriesOf(text)
    .map(readEntry)
    .filter((entry) => entry !== null);
  const found =
    part === undefined
      ? mostTelling(entries)
      : (entries.find(({ url }) => url === part) ?? entries.find(({ url }) => url.includes(part)));
  const urls = entries
    .filter((one) => isCrossOrigin(one) || one.response === null)
    .map(({ url }) => url);
  return {
    paste: found === undefined ? null : pasteFor(found, entries),
    urls: [...new Set(urls)],
  };
}

/** What is in a HAR file. */
export interface HarFile {
  /** One request of it; null where there is none. */
  readonly paste: Paste | null;
  readonly urls: readonly string[];
}

function pasteFor(found: Entry, entries: readonly Entry[]): Paste {
  // The page's own request says more than its preflight.
  const { url, origin, method, headers, credentials, forcePreflight, lookalike, error } =
    entries.find(
      (one) =>
        found.forcePreflight === true && one.forcePreflight !== true && one.url === found.url,
    ) ?? found;
  const call = callOf(found);
  const responses = responsesTo(
    url,
    entries.filter((one) => one === found || callOf(one) !== call),
  );
  return {
    form: 'har',
    url,
    ...(origin !== undefined && { origin }),
    ...(method !== undefined && { method }),
    headers,
    ...(credentials !== undefined && { credentials }),
    ...(forcePreflight !== undefined && { forcePreflight }),
    ...(lookalike !== null && { lookalike, error }),
    ...(responses.length > 0 && { responses }),
  };
}

/** Whether a text begins as a HAR file does. */
export function isHar(text: string): boolean {
  return /^\s*\{\s*"log"/.test(text.slice(0, 200));
}

function mostTelling(entries: readonly Entry[]): Entry | undefined {
  const foreign = entries.filter(isCrossOrigin);
  return (
    entries.find(({ response }) => response === null) ??
    foreign.find(
      ({ response }) =>
        new HeaderList(response?.headers ?? []).get('access-control-allow-origin') === null,
    ) ??
    foreign[0]
  );
}

function isCrossOrigin({ url, origin }: Entry): boolean {
  return origin !== undefined && new URL(url).origin !== origin;
}

/** What makes two requests the same one. */
function callOf({ url, response }: Entry): string {
  return `${response?.method ?? ''} ${url}`;
}

/**
 * Those of the URL, and of where its redirects lead. Of a request that was made several times, the first
 * counts.
 */
function responsesTo(url: string, entries: readonly Entry[]): readonly PastedResponse[] {
  const urls = new Set([url]);
  const seen = new Set<string>();
  return entries.flatMap((one) => {
    const { url: other, response } = one;
    if (response === null || !urls.has(other) || seen.has(callOf(one))) return [];
    seen.add(callOf(one));
    const location = new HeaderList(response.headers).get('location');
    if (location !== null && URL.canParse(location, other)) urls.add(new URL(location, other).href);
    return [response];
  });
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

function readEntry(entry: unknown): Entry | null {
  const { request, response } = fieldsOf(entry);
  const asked = fieldsOf(request);
  const url = httpUrl(textOf(asked['url']));
  if (url === undefined) return null;
  const method = tokenOf(textOf(asked['method'])) ?? 'GET';
  const answered = fieldsOf(response);
  const status = Number(answered['status'] ?? 0);
  const error = textOf(answered['_error']) ?? '';
  const found = findLookalike(error, false);
  return {
    url,
    ...readRequest(method, headerLines(asked['headers'])),
    response:
      status > 0 ? { url, method, status, headers: headerLines(answered['headers']) } : null,
    // `ERR_FAILED` is what a request that CORS blocked has as well.
    lookalike: found === null || found.checkFor === 'cause' ? null : found.lookalike,
    error,
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
