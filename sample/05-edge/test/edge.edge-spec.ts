import { send } from '../../../test/support/send.js';
import type { RunningEdge } from '../src/start-edge.js';
import { startOnFreePorts } from './start-on-free-ports.js';

describe('sample 05-edge', () => {
  let edge: RunningEdge;
  beforeAll(async () => {
    edge = await startOnFreePorts();
  });
  afterAll(() => edge.close());

  const ask = (method: string, path: string, origin: string, headers = {}) =>
    send(Number(new URL(edge.edgeUrl).port), method, path, { origin, ...headers });

  it('passes on what the API answers, and answers for it while it is down', async () => {
    const up = await ask('GET', '/orders', edge.pageUrl);
    expect(up.status).toBe(200);
    await edge.stopApi();
    const down = await ask('GET', '/orders', edge.pageUrl);
    expect([down.status, down.cors]).toEqual([502, up.cors]);
    const foreign = await ask('GET', '/orders', 'https://evil.example');
    expect([foreign.status, foreign.cors]).toEqual([502, { vary: 'Origin' }]);
    const feed = await ask('GET', '/orders/feed', 'https://evil.example');
    expect([feed.status, feed.cors]).toEqual([502, { 'access-control-allow-origin': '*' }]);
    await edge.startApi();
    const again = await ask('GET', '/orders', edge.pageUrl);
    expect([again.status, again.cors]).toEqual([200, up.cors]);
  });

  it('lets a preflight through', async () => {
    const { status, cors } = await ask('OPTIONS', '/orders/1', edge.pageUrl, {
      'access-control-request-method': 'PUT',
    });
    expect([status, cors['access-control-allow-methods']]).toEqual([204, 'PUT']);
  });
});
