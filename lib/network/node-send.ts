import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { HeaderLines, ReceivedResponse, Send, SentRequest } from '../browser/http-exchange.js';
import { networkTrouble } from './network-trouble.js';

/** How requests reach a server. */
export interface NodeSendOptions {
  /** After how many milliseconds the head of an answer counts as not coming. */
  readonly timeout: number;
  /**
   * Whether certificates are left unchecked.
   *
   * @default false
   */
  readonly insecure?: boolean;
  /** Where to connect, without TLS, whatever the URL says; `Host` stays that of the URL. */
  readonly connect?: { readonly host: string; readonly port: number };
  /** Headers that a browser adds to every request. */
  readonly headers?: HeaderLines;
}

/** What Chromium reads of a header section before it gives up. */
const MAX_HEADER_BYTES = 262_144;

/**
 * The network of a simulation over `node:http` and `node:https`: one connection per request, no
 * redirect followed, nothing read beyond the head of an answer, and always an end.
 */
export function nodeSend(options: NodeSendOptions): Send {
  return (request) =>
    new Promise((resolve, reject) => {
      const outgoing = open(request, options);
      const timer = setTimeout(() => outgoing.destroy(new Error('TIMEOUT')), options.timeout);
      const settle = (received: ReceivedResponse) => {
        clearTimeout(timer);
        resolve(received);
        outgoing.destroy();
      };
      outgoing.once('response', (answer) => settle(head(answer)));
      // An upgrade that nobody asked for: without a listener, the answer would be lost.
      outgoing.once('upgrade', (answer) => settle(head(answer)));
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
  const secure = protocol === 'https:' && options.connect === undefined;
  // An IPv6 address stands in brackets in a URL, and nowhere else.
  const name = hostname.replace(/^\[|\]$/g, '');
  const outgoing = (secure ? requestHttps : requestHttp)({
    host: options.connect?.host ?? name,
    port: options.connect?.port ?? (port === '' ? (secure ? 443 : 80) : Number(port)),
    method,
    path: pathname + search,
    setHost: false,
    agent: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    // As browsers do, takes control characters in header values.
    insecureHTTPParser: true,
    ...(secure && {
      // RFC 6066, section 3: it is never an address.
      servername: isIP(name) === 0 ? name : '',
      rejectUnauthorized: options.insecure !== true,
    }),
  });
  // Node writes methods in upper case; browsers send `patch` as the page wrote it.
  outgoing.method = method;
  outgoing.setHeader('Host', host);
  for (const [header, value] of [...(options.headers ?? []), ...headers]) {
    outgoing.setHeader(header, value);
  }
  return outgoing;
}

function head({ statusCode, rawHeaders }: IncomingMessage): ReceivedResponse {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return { status: statusCode ?? 0, headers };
}
