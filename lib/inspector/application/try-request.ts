import type { AddressInfo } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import { type Send, simulate } from '../../browser/index.js';
import { reportOf } from '../../diagnosis/check.js';
import { type CheckRequest, pageRequest } from '../../diagnosis/check-request.js';
import { BROWSER_HEADERS, nodeSend } from '../../network/node-send.js';
import { loggable } from '../../text/escape.js';
import { blankSecrets } from '../../text/secrets.js';
import type { SendAnswer, SendQuestion } from '../doors.js';
import { Refused } from '../serving/respond.js';

/** How long to wait for each response, and for all of them. */
const TIMEOUT = 5000;
const TIMEOUT_OF_ALL = 20_000;

/** Where an application listens itself. */
export interface OwnAddress {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/** Where a server listens; undefined where it does not, or not on a port. */
export function addressOf(server: unknown): OwnAddress | undefined {
  const address = hasAddress(server) ? server.address() : null;
  if (typeof address !== 'object' || address === null) return undefined;
  const { address: bound, port } = address;
  const host = bound === '0.0.0.0' ? '127.0.0.1' : bound === '::' ? '::1' : bound;
  return { host, port, secure: server instanceof TlsServer };
}

function hasAddress(server: unknown): server is { address(): AddressInfo | string | null } {
  return (
    typeof server === 'object' &&
    server !== null &&
    'address' in server &&
    typeof server.address === 'function'
  );
}

/** As a URL that a person may open. */
export function addressText({ host, port, secure }: OwnAddress): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `${secure ? 'https' : 'http'}://${name}:${port}`;
}

/**
 * Sends a request, as a browser would for a page of another origin, from the application to itself: to
 * the address that it listens at and to no other, with what was typed and nothing of the browser in
 * front, neither its cookies nor its logins. No body is sent, none is read, and it always ends.
 *
 * @throws Refused
 */
export async function tryRequest(
  { request, agreed, preflightOnly = false }: SendQuestion,
  address: OwnAddress | undefined,
): Promise<SendAnswer> {
  if (address === undefined) {
    throw new Refused(
      400,
      'Nothing was sent: the application does not listen on a port. Start it with `app.listen()`.',
    );
  }
  const { method, url, origin } = request;
  const { pathname, host } = new URL(url);
  const question = blankSecrets(
    `Send ${loggable(method)} ${loggable(pathname)} to this application as a page of ${loggable(origin)}? The handler runs for real.`,
  );
  if (!preflightOnly && !isSafe(method) && !agreed.includes(question)) {
    return { kind: 'question', question, report: null };
  }
  const send = nodeSend({
    timeout: TIMEOUT,
    insecure: true,
    connect: address,
    headers: BROWSER_HEADERS,
  });
  const ends = performance.now() + TIMEOUT_OF_ALL;
  const bounded: Send = async (sent) => {
    const target = new URL(sent.url);
    if (target.host !== host) {
      const where = loggable(target.host);
      throw new Error(
        `Nothing was sent to ${where}, where the redirect leads: it is not this application.`,
      );
    }
    if (preflightOnly && sent.method !== 'OPTIONS') {
      throw new Error('Nothing was sent after the preflight.');
    }
    if (performance.now() > ends) {
      throw new Error(`No more was sent after ${TIMEOUT_OF_ALL / 1000} s.`);
    }
    return send(sent);
  };
  const checked: CheckRequest = { ...request, ...(preflightOnly && { forcePreflight: true }) };
  const simulation = await simulate({
    ...pageRequest(checked),
    // What is in front of the application is not asked.
    mixedContent: 'note',
    localNetworkPermission: 'granted',
    send: bounded,
  });
  // No probes, unlike `check`: whom else the application allows, its policies say.
  const report = reportOf(checked, simulation, [], [], 'server');
  return { kind: 'report', report };
}

/** RFC 9110, section 9.2.1. */
function isSafe(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS'].includes(method);
}
