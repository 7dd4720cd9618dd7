import type { Send } from '../browser/http-exchange.js';
import { simulate } from '../browser/simulate.js';
import type { Simulation } from '../browser/simulation.js';
import { nodeSend } from '../network/node-send.js';
import { withAppServer } from './app-server.js';
import type { CorsCall } from './cors-call.js';
import type { TestedApplication } from './tested-application.js';

/** Where an application is when a test does not say. */
const BASE = 'http://localhost';
const TIMEOUT = 10_000;

/** What a browser makes of a request to an application. */
export function simulateCall(app: TestedApplication, call: CorsCall): Promise<Simulation> {
  const url = new URL(call.path, BASE);
  return withAppServer(app, (port) =>
    simulate({
      pageOrigin: call.origin,
      url: url.href,
      method: call.method,
      headers: call.headers ?? [],
      credentials: call.credentials ?? false,
      dialect: call.browser ?? 'chromium',
      send: sendTo(port, url.hostname),
    }),
  );
}

/** A test must not reach out to others: a redirect may lead anywhere. */
function sendTo(port: number, hostname: string): Send {
  const send = nodeSend({ timeout: TIMEOUT, connect: { host: '127.0.0.1', port } });
  return (request) =>
    new URL(request.url).hostname === hostname
      ? send(request)
      : Promise.reject(new Error(`${request.url} is not of the application`));
}
