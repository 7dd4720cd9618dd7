import type { HeaderLines } from '../../browser/index.js';
import { lookalikeOf } from '../lookalikes.js';
import { opaque } from '../lookalikes/network-errors.js';
import { httpUrl, readRequest, tokenOf } from './facts.js';
import type { Paste } from './paste.js';
import { credentialsIn, headersIn, type ReadCall, stringField } from './request-code.js';

/** What the options of a call say. */
interface Options {
  readonly method?: string | undefined;
  readonly mode?: string | undefined;
  readonly referrer?: string | undefined;
  readonly credentials: boolean | undefined;
  readonly headers: HeaderLines;
}

/** Reads a call of `fetch()`, as `Copy as fetch` gives it for the browser and for Node. */
export function readFetchCall(text: string): ReadCall | null {
  const call = /\bfetch\(\s*(["'`])(https?:\/\/[^"'`\s]+)\1\s*(,?)/.exec(text);
  const url = httpUrl(call?.[2]);
  if (call === null || url === undefined) return null;
  const rest = text.slice(call.index + call[0].length);
  const { method, mode, referrer, credentials, headers } = call[3] === ',' ? optionsIn(rest) : NONE;
  const paste: Paste = {
    form: 'fetch',
    url,
    // The Node version has no header for the page.
    ...readRequest(tokenOf(method) ?? 'GET', [...headers, ['Referer', referrer ?? '']]),
    ...(credentials !== undefined && { credentials }),
    ...(mode === 'no-cors' && lookalikeOf(opaque)),
  };
  return { paste, index: call.index };
}

const NONE: Options = { credentials: undefined, headers: [] };

/** The object that a text begins with: JSON, or what people wrote by hand, which is searched. */
function optionsIn(text: string): Options {
  const end = text.lastIndexOf('}');
  try {
    const value: unknown = JSON.parse(text.slice(0, end + 1));
    if (typeof value === 'object' && value !== null) return optionsOf({ ...value });
  } catch {
    // Not JSON: an object literal.
  }
  return {
    method: stringField(text, 'method'),
    mode: stringField(text, 'mode'),
    credentials: credentialsIn(text),
    headers: headersIn(text),
  };
}

function optionsOf(options: Readonly<Record<string, unknown>>): Options {
  const { headers } = options;
  const textOf = (name: string) => {
    const value = options[name];
    return typeof value === 'string' ? value : undefined;
  };
  const credentials = textOf('credentials');
  return {
    method: textOf('method'),
    mode: textOf('mode'),
    referrer: textOf('referrer'),
    credentials: credentials === undefined ? undefined : credentials === 'include',
    headers:
      typeof headers === 'object' && headers !== null
        ? Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
        : [],
  };
}
