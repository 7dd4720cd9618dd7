import {
  type ClientRequest,
  type IncomingMessage,
  request as requestHttp,
  validateHeaderValue,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { HeaderLines, ReceivedResponse, Send, SentRequest } from '../browser/index.js';

/** How requests reach a server. */
export interface NodeSendOptions {
  /** How many milliseconds to wait for the head of a response. */
  readonly timeout: number;
  /**
   * Whether to accept any certificate.
   *
   * @default false
   */
  readonly insecure?: boolean;
  /** Where to connect, whatever the URL says; `Host` stays that of the URL. */
  readonly connect?: {
    readonly host: string;
    readonly port: number;
    /**
     * Whether with TLS.
     *
     * @default false
     */
    readonly secure?: boolean;
  };
  /** Headers that a browser adds to every request. */
  readonly headers?: HeaderLines;
}

/**
 * What browsers add to every such request, as far as a server may act on it. `Sec-Fetch-Site`
 * is not among them: whether two hosts are of one site, only the public suffix list knows.
 */
export const BROWSER_HEADERS: HeaderLines = [
  ['User-Agent', 'Mozilla/5.0 (compatible; nestjs-cors check)'],
  ['Accept-Encoding', 'gzip, deflate, br'],
  ['Sec-Fetch-Dest', 'empty'],
  ['Sec-Fetch-Mode', 'cors'],
];

/** How much of a header section Chromium reads before it gives up. */
const MAX_HEADER_BYTES = 262_144;

/**
 * The network of a simulation over `node:http` and `node:https`: one connection per request, no
 * redirect followed, nothing read beyond the head of a response, and it always ends.
 */
export function nodeSend(options: NodeSendOptions): Send {
  return (request) =>
    new Promise((resolve, reject) => {
      const headers = [...(options.headers ?? []), ...request.headers];
      // Before there is a connection: nobody would listen for its errors, which would end the process.
      for (const header of headers) checkSendable(header);
      const outgoing = open({ ...request, headers }, options);
      const timer = setTimeout(() => outgoing.destroy(new Error('TIMEOUT')), options.timeout);
      const settle = (received: ReceivedResponse) => {
        clearTimeout(timer);
        resolve(received);
        outgoing.destroy();
      };
      outgoing.once('response', (response) => settle(head(response)));
      // An upgrade that was not requested: without a listener, the response would be lost.
      outgoing.once('upgrade', (response) => settle(head(response)));
      // It stays: destroying a connection may give a second error.
      outgoing.on('error', (error) => {
        clearTimeout(timer);
        reject(new Error(networkTrouble(error, request.url, options.timeout), { cause: error }));
      });
      outgoing.end();
    });
}

function open({ url, method, headers }: SentRequest, options: NodeSendOptions): ClientRequest {
  const { protocol, hostname, host, port, pathname, search } = new URL(url);
  const secure = options.connect === undefined ? protocol === 'https:' : options.connect.secure;
  // An IPv6 address stands in brackets in a URL, and nowhere else.
  const name = hostname.replace(/^\[|\]$/g, '');
  const outgoing = (secure === true ? requestHttps : requestHttp)({
    host: options.connect?.host ?? name,
    port: options.connect?.port ?? (port === '' ? (secure === true ? 443 : 80) : Number(port)),
    method,
    path: pathname + search,
    setHost: false,
    agent: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    // As browsers do, takes control characters in header values.
    insecureHTTPParser: true,
    ...(secure === true && {
      // RFC 6066, section 3: it is never an address.
      servername: isIP(name) === 0 ? name : '',
      rejectUnauthorized: options.insecure !== true,
    }),
  });
  // Node writes methods in upper case; browsers send `patch` as the page wrote it.
  outgoing.method = method;
  outgoing.setHeader('Host', host);
  for (const [header, value] of headers) outgoing.setHeader(header, value);
  return outgoing;
}

/** @throws Error for a value that browsers send and Node does not: one with control characters */
function checkSendable([header, value]: HeaderLines[number]): void {
  try {
    validateHeaderValue(header, value);
  } catch (error) {
    throw new Error(
      `Nothing was sent: the value of ${header} has a character that Node puts into no header. Leave it out.`,
      { cause: error },
    );
  }
}

function head({ statusCode, rawHeaders }: IncomingMessage): ReceivedResponse {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return { status: statusCode ?? 0, headers };
}

/** What went wrong before there was a response, as one sentence with what to check. */
export function networkTrouble(error: Error, url: string, timeout: number): string {
  const { host, hostname, protocol } = new URL(url);
  if (error.message === 'TIMEOUT') return `No response from ${host} within ${timeout / 1000} s.`;

  const code = codeOf(error);
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host name ${hostname} does not resolve (${code}): check the spelling.`;
    case 'ECONNREFUSED':
      return `Nothing is listening at ${host} (${code}): is the server running, and on this port?`;
    case 'ECONNRESET':
      return `${host} closed the connection without responding (${code}).`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return `${host} does not speak TLS, which https requires (${code}): is it an http:// URL?`;
    case 'HPE_HEADER_OVERFLOW':
      return `The header section of the response from ${host} is longer than browsers accept (${code}).`;
    default:
      break;
  }
  if (code.startsWith('HPE_')) return `The response from ${host} is not HTTP (${code}).`;
  if (protocol === 'https:' && isCertificateTrouble(code)) {
    return `The certificate of ${host} is not trusted (${code}). \`--insecure\` ignores this; browsers do not.`;
  }
  return `No response from ${host} (${code}).`;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function isCertificateTrouble(code: string): boolean {
  return /CERT|SIGNATURE|ALTNAME|CRL|ISSUER/.test(code);
}

/** The addresses of a host, as the system resolves it; none where it does not. */
export async function resolveHost(hostname: string): Promise<readonly string[]> {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => address);
  } catch {
    // Whoever connects reports it.
    return [];
  }
}
