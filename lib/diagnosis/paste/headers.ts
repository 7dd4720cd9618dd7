import { isLoopbackHost } from '../../fetch/origins.js';
import { headerOf, httpUrl, readRequest, tokenOf } from './facts.js';
import type { Paste, PastedResponse } from './paste.js';

const GENERAL =
  /^(request url|request method|status code|url|method|status|scheme|filename)(?:[\s:]+(.*))?$/i;
const REQUEST_NAMES =
  /^(?::authority|:method|:path|:scheme|accept|accept-.*|authorization|cookie|host|origin|referer|sec-.*|user-agent|x-requested-with|access-control-request-.*)$/i;
const RESPONSE_NAMES =
  /^(?:access-control-(?!request-).*|content-type|content-length|server|vary|etag|www-authenticate|location|set-cookie|x-powered-by|x-cache|via|cf-ray)$/i;
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
    // Of a server without a port, as most are today.
    const isWeb = !host.includes(':') && !isLoopbackHost(host);
    const isSecure = this.isSecure || isWeb || find(':scheme') === 'https' || host.endsWith(':443');
    return httpUrl(`${isSecure ? 'https' : 'http'}://${host}${path}`);
  }
}

function exchangesOf(text: string): readonly Exchange[] {
  const reader = new Reader(/^\* .*\b(?:TLS|SSL)/m.test(text));
  const lines = text.split(/\r?\n/).map(plainLine);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (reader.readFirstLine(line)) continue;
    const [name, sameLine] = fieldOf(line);
    if (name === null) continue;
    let value = sameLine;
    // Newer developer tools put the value on a line of its own.
    if (value === '' && isValue(lines[index + 1])) value = lines[(index += 1)] ?? '';
    if (!reader.readGeneral(name.toLowerCase(), value)) reader.readHeader(name, value);
  }
  return reader.exchanges;
}

/** Reads lines into exchanges: a new one begins where a line cannot belong to the last. */
class Reader {
  private one = new Exchange();
  private section: 'request' | 'response' | null = null;
  readonly exchanges = [this.one];

  constructor(private readonly isTls: boolean) {}

  /** A title, or the first line of a message of HTTP/1. */
  readFirstLine(line: string): boolean {
    const title = /^(request|response)(?: headers)?\b(?: \(.*)?:?$/i.exec(line)?.[1];
    if (title !== undefined) {
      this.section = title.toLowerCase() === 'request' ? 'request' : 'response';
      return true;
    }
    const status = STATUS_LINE.exec(line)?.[1];
    if (status !== undefined) {
      if (this.one.statusLine) this.begin();
      this.one.statusLine = true;
      this.one.status = Number(status);
      this.section = 'response';
      return true;
    }
    const [, method, path = '/'] = REQUEST_LINE.exec(line) ?? [];
    if (method === undefined) return false;
    const { requestLine, statusLine, address } = this.one;
    if (requestLine || (statusLine && address === undefined)) this.begin();
    Object.assign(this.one, { requestLine: true, method, path, isSecure: this.isTls });
    this.section = 'request';
    return true;
  }

  /** A field of `General`, or one that stands in its place. */
  readGeneral(name: string, value: string): boolean {
    switch (name) {
      case 'request url':
      case 'url':
        if (this.one.address !== undefined) this.begin();
        this.one.address = httpUrl(value);
        return true;
      case 'request method':
      case 'method':
      case ':method':
        this.one.method = tokenOf(value);
        return true;
      case 'status code':
      case 'status':
      case ':status':
        this.one.status ??= statusIn(value);
        return true;
      case 'scheme':
        this.one.isSecure = value === 'https';
        return true;
      case 'filename':
        this.one.path = value;
        return true;
      default:
        return this.section === null && SUMMARY.test(name);
    }
  }

  readHeader(name: string, value: string): void {
    if (name.startsWith(':')) this.section = 'request';
    const isRequest = this.section === null ? REQUEST_NAMES.test(name) : this.section === 'request';
    const { request, response } = this.one;
    (isRequest && !RESPONSE_ONLY.test(name) ? request : response).push([name, value]);
  }

  private begin(): void {
    this.one = new Exchange();
    this.exchanges.push(this.one);
  }
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
