import { type Send, simulate, type Simulation } from '../browser/index.js';
import { nodeSend } from '../network/node-send.js';
import { withAppServer } from './app-server.js';
import type { CorsBlockReason, CorsCall, CorsCallOptions, TestedApplication } from './cors-call.js';
import { blockReason, failureMessage } from './failure-message.js';

/**
 * Tests what browsers do with an application's CORS headers: each expectation sends what a browser would
 * send, and judges the responses as a browser does. It works on both platforms, whether or not the
 * application listens, in Jest, Vitest and any other runner.
 *
 * @example
 * await expectCors(app)
 *   .from('https://app.example.com')
 *   .put('/orders/1', { headers: { 'content-type': 'application/json' }, credentials: true })
 *   .toBeAllowed();
 * await expectCors(app).from('https://evil.example').get('/orders').toBeBlocked('origin-not-allowed');
 */
export function expectCors(app: TestedApplication): {
  /** A page of this origin, such as `https://app.example.com`. */
  from(origin: string): CorsPage;
} {
  return { from: (origin) => new CorsPage(app, origin) };
}

/** A page that sends requests to an application. */
export class CorsPage {
  constructor(
    private readonly app: TestedApplication,
    private readonly origin: string,
  ) {}

  /** `fetch(path)`. */
  get(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('GET', path, options);
  }

  /** `fetch(path, { method: 'HEAD' })`. */
  head(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('HEAD', path, options);
  }

  /** `fetch(path, { method: 'POST' })`. */
  post(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('POST', path, options);
  }

  /** `fetch(path, { method: 'PUT' })`: needs a preflight. */
  put(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('PUT', path, options);
  }

  /** `fetch(path, { method: 'PATCH' })`: needs a preflight. */
  patch(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('PATCH', path, options);
  }

  /** `fetch(path, { method: 'DELETE' })`: needs a preflight. */
  delete(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('DELETE', path, options);
  }

  /** Any method, such as `QUERY`. */
  request(method: string, path: string, options: CorsCallOptions = {}): CorsExpectation {
    return new CorsExpectation(this.app, { ...options, origin: this.origin, method, path });
  }
}

/** What a test expects of a request. Nothing is sent before the expectation is stated. */
export class CorsExpectation {
  constructor(
    private readonly app: TestedApplication,
    private readonly call: CorsCall,
  ) {}

  /**
   * Expects that the browser lets the page read the response, whatever its status.
   *
   * @throws Error when it does not
   */
  toBeAllowed(): Promise<Simulation> {
    return this.expect('allowed', ({ verdict }) => verdict === 'allowed');
  }

  /**
   * Expects that the browser blocks the request, for the reason where one is given.
   *
   * @throws Error when it does not, or for another reason
   */
  toBeBlocked(reason?: CorsBlockReason): Promise<Simulation> {
    return this.expect(
      reason === undefined ? 'blocked' : `blocked: ${reason}`,
      (simulation) =>
        simulation.verdict === 'blocked' &&
        (reason === undefined || blockReason(simulation) === reason),
    );
  }

  private async expect(
    expected: string,
    holds: (simulation: Simulation) => boolean,
  ): Promise<Simulation> {
    // Made here, it points to the test; after the first response, the stack no longer does.
    const failure = new Error();
    const simulation = await simulateCall(this.app, this.call);
    if (holds(simulation)) return simulation;
    const { stack = '' } = failure;
    failure.message = failureMessage(this.call, expected, actually(simulation), simulation);
    failure.stack = `Error: ${failure.message}${stack.slice(stack.indexOf('\n    at '))}`;
    throw failure;
  }
}

function actually(simulation: Simulation): string {
  switch (simulation.verdict) {
    case 'allowed':
    case 'needs-permission':
      return 'allowed';
    case 'blocked':
      return `blocked: ${blockReason(simulation) ?? ''}`;
    case 'not-cors':
      return 'same-origin, where no CORS check applies';
    case 'network-error':
      return `not answered: ${simulation.details.reason ?? simulation.failedCheck ?? ''}`;
  }
}

/** The default address of an application. */
const BASE = 'http://localhost';
const TIMEOUT = 10_000;

/** What a browser makes of a request to an application. */
function simulateCall(app: TestedApplication, call: CorsCall): Promise<Simulation> {
  const url = new URL(call.path, BASE);
  return withAppServer(app, (port) =>
    simulate({
      pageOrigin: call.origin,
      url: url.href,
      method: call.method,
      headers: call.headers ?? [],
      credentials: call.credentials ?? false,
      browser: call.browser ?? 'chromium',
      // The application stands for itself behind a proxy with TLS.
      mixedContent: 'note',
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
      : Promise.reject(new Error(`${request.url} is not part of the application`));
}
