import { headerOf, httpUrl, readRequest, tokenOf } from './facts.js';
import type { Paste, PastedResponse } from './paste.js';

const GENERAL =
  /^(request url|request method|status code|url|method|status|scheme|filename)(?:[\s:]+(.*))?$/i;
const REQUEST_NAMES =
  /^(?::authority|:method|:path|:scheme|accept|accept-.*|authorization|cookie|host|origin|referer|sec-.*|user-agent|x-requested-with|access-control-request-.*)$/i;
const RESPONSE_NAMES =
  /^(?:access-control-(?!request-).*|content-type|content-length|server|vary|etag|www-authenticate|location|set-cookie|x-powered-by|x-cache|via|cf-ray)$/i;
const METHOD = /^(?:request method|method|:method)$/;
/** What Safari and Firefox say of an exchange besides. */
const SUMMARY = /^(?:source|address|version|transferred|initiator)$/i;
const STATUS_LINE = /^HTTP\/[\d.]+ (\d{3})\b/;
const REQUEST_LINE = /^([A-Z]{3,10}) (\S+) HTTP\//;

/**
 * Reads headers as the developer tools, `curl -i` and `curl -v` show them: `General`, response
 * headers, request headers, in any order, with or without their titles, of one exchange or several.
 */
export function readHeaders(text: string): Paste | null {
  const exchanges = exchangesOf(text).filter(isAboutHttp);
  const [first] = exchanges;
  if (first === undefined) return null;
  // The page's own request says more than its preflight.
  const main = exchanges.find(({ method }) => method !== undefined && method !== 'OPTIONS');
  const { url, method, request } = main ?? first;
  const origin = exchanges
    .map((one) => readRequest(one.method, one.request).origin)
    .find((one) => one !== undefined);
  const responses = exchanges.flatMap(responseOf);
  return {
    form: 'headers',
    ...(url !== undefined && { url }),
    ...(origin !== undefined && { origin }),
    ...readRequest(method, request),
    ...(responses.length > 0 && { responses }),
  };
}

/** A request and its response, while they are read. */
class Exchange {
  readonly request: [string, string][] = [];
  readonly response: [string, string][] = [];
  requestLine = false;
  statusLine = false;
  status: number | undefined;
  method: string | undefined;
  /** Of `General`; the others are put together from a path and a host. */
  address: string | undefined;
  path: string | undefined;
  isSecure = false;

  get url(): string | undefined {
    if (this.address !== undefined) return this.address;
    const find = (name: string) =>
      this.request.find(([other]) => other.toLowerCase() === name)?.[1];
    const host = find(':authority') ?? find('host');
    const path = this.path ?? find(':path');
    if (host === undefined || path === undefined) return undefined;
    const isSecure = this.isSecure || find(':scheme') === 'https' || host.endsWith(':443');
    return httpUrl(`${isSecure ? 'https' : 'http'}://${host}${path}`);
  }
}

function exchangesOf(text: string): readonly Exchange[] {
  let one = new Exchange();
  const all = [one];
  const next = () => all.push((one = new Exchange()));
  let section: 'request' | 'response' | null = null;
  const lines = text.split(/\r?\n/).map(plainLine);
  const isTls = /^\* .*\b(?:TLS|SSL)/m.test(text);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const titled = /^(request|response)(?: headers)?\b(?: \(.*)?:?$/i.exec(line)?.[1];
    if (titled !== undefined) section = titled.toLowerCase() === 'request' ? 'request' : 'response';
    const answered = STATUS_LINE.exec(line);
    if (answered !== null) {
      if (one.statusLine) next();
      one.statusLine = true;
      one.status = Number(answered[1]);
      section = 'response';
      continue;
    }
    const asked = REQUEST_LINE.exec(line);
    if (asked !== null) {
      if (one.requestLine || (one.statusLine && one.address === undefined)) next();
      one.requestLine = true;
      one.method = tokenOf(asked[1]);
      one.path = asked[2] ?? '/';
      one.isSecure = isTls;
      section = 'request';
      continue;
    }
    const [name, sameLine] = fieldOf(line);
    if (name === null) continue;
    let value = sameLine;
    // Newer developer tools put the value on a line of its own.
    if (value === '' && isValue(lines[index + 1])) value = lines[(index += 1)] ?? '';
    const general = name.toLowerCase();
    if (general === 'request url' || general === 'url') {
      if (one.address !== undefined) next();
      one.address = httpUrl(value);
    } else if (METHOD.test(general)) one.method = tokenOf(value);
    else if (general === 'status code' || general === 'status' || general === ':status')
      one.status ??= statusIn(value);
    else if (section === null && SUMMARY.test(name)) continue;
    else if (general === 'scheme') one.isSecure = value === 'https';
    else if (general === 'filename') one.path = value;
    else {
      if (name.startsWith(':')) section = name === ':status' ? 'response' : 'request';
      const isRequest = section === null ? REQUEST_NAMES.test(name) : section === 'request';
      (isRequest && !RESPONSE_ONLY.test(name) ? one.request : one.response).push([name, value]);
    }
  }
  return all;
}

function statusIn(value: string): number | undefined {
  const digits = /\d{3}/.exec(value)?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** Whatever a title says. */
const RESPONSE_ONLY = /^access-control-(?!request-)/i;

/** What terminals, issue trackers and other tools put around a header. */
function plainLine(line: string): string {
  return line
    .trim()
    .replace(/^[<>] /, '')
    .replaceAll('**', '')
    .replace(/^([\w-]+)\s*→\s*/, '$1: ')
    .replace(/^(["'])([\w-]+)\1\s*:\s*(["'])(.*)\3,?$/, '$2: $4');
}

/** The name of a field of `General` or of a header, and what stands beside it. */
function fieldOf(line: string): readonly [name: string | null, value: string] {
  const general = GENERAL.exec(line);
  if (general !== null) return [general[1] ?? '', (general[2] ?? '').trim()];
  const header = headerOf(line);
  // An address is the value of the line before it.
  if (header !== null && !header[1].startsWith('//')) return header;
  return REQUEST_NAMES.test(line) || RESPONSE_NAMES.test(line) ? [line, ''] : [null, ''];
}

function isValue(line: string | undefined): boolean {
  return line !== undefined && line !== '' && fieldOf(line)[0] === null;
}

function isAboutHttp(one: Exchange): boolean {
  return (
    one.address !== undefined ||
    one.requestLine ||
    one.statusLine ||
    one.response.some(([name]) => RESPONSE_NAMES.test(name))
  );
}

function responseOf(one: Exchange): readonly PastedResponse[] {
  const { url, method, status, response } = one;
  if (status === undefined && !response.some(([name]) => RESPONSE_NAMES.test(name))) return [];
  return [
    {
      ...(url !== undefined && { url }),
      ...(method !== undefined && { method }),
      status: status ?? 200,
      headers: response,
    },
  ];
}
