import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { fc } from '../support/fast-check.js';
import { GLOBAL_ORIGIN, generatedModule } from '../support/generated-app.js';
import {
  aimed,
  application,
  registeredRoutes,
  request,
  startGenerated,
} from '../support/generated-requests.js';
import { PLATFORMS } from '../support/platforms.js';
import { send } from '../support/send.js';

const REQUESTS_PER_APP = 25;
/** 2,000 requests a platform; `CORS_ROUTE_APPS=800` for 20,000. */
const APPS = Number(process.env['CORS_ROUTE_APPS'] ?? 80);
const EARLY = 'x-end-early';

/** A middleware that responds before routing: with the provisional decision. */
function endEarly(incoming: IncomingMessage, response: ServerResponse, next: () => void): void {
  if (incoming.headers[EARLY] === undefined) next();
  else response.end();
}

describe.each(PLATFORMS)('the preflight and the handler agree on $platform', ({ platform }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  afterAll(() => agent.destroy());

  it('in every generated application', async () => {
    let booted = 0;
    let served = 0;
    const corrected: string[] = [];
    await fc.assert(
      fc.asyncProperty(
        application(platform),
        fc.array(request, { minLength: REQUESTS_PER_APP, maxLength: REQUESTS_PER_APP }),
        async ({ controllers, ...settings }, requests) => {
          const { module, origins } = generatedModule(controllers);
          const started = await startGenerated(platform, module, settings, (created) =>
            created.use(endEarly),
          );
          if (started === undefined) return;
          const { app, port } = started;
          booted += 1;
          const routes = registeredRoutes(controllers, settings.prefix);
          try {
            for (const one of requests) {
              const { method, target } = aimed(one, routes);
              const id = await agrees(port, method, one.host, target, origins);
              if (id !== undefined) served += 1;
              if (await isReplaced(port, method, one.host, target, id, origins)) {
                corrected.push(`${method} ${target} → ${id ?? 404}`);
              }
            }
          } finally {
            await app.close();
          }
        },
      ),
      { numRuns: APPS, endOnFailure: true },
    );
    // Only an empty parameter is seen too late, on Fastify: its router has chosen a route when Nest
    // turns the request away.
    const surprising = corrected.filter((one) => platform === 'express' || !one.endsWith('→ 404'));
    expect(surprising).toEqual([]);
    expect(corrected.length).toBeLessThan((booted * REQUESTS_PER_APP) / 50);
    // The property says little where nothing boots or nothing is hit.
    expect([booted > APPS / 4, served > (booted * REQUESTS_PER_APP) / 4]).toEqual([true, true]);
  }, 600_000);

  /** Whether a response before routing has another policy than the one of the handler. */
  async function isReplaced(
    port: number,
    method: string,
    host: string,
    target: string,
    id: string | undefined,
    origins: ReadonlyMap<string, string | false>,
  ): Promise<boolean> {
    const policy = id === undefined ? GLOBAL_ORIGIN : (origins.get(id) ?? false);
    const origin = policy === false ? GLOBAL_ORIGIN : policy;
    const early = await send(port, method, target, { origin, host, [EARLY]: '1' }, undefined, {
      agent,
    });
    return early.cors['access-control-allow-origin'] !== (policy === false ? undefined : policy);
  }

  /** The handler that served the request; throws where preflight and answer have other policies. */
  async function agrees(
    port: number,
    method: string,
    host: string,
    target: string,
    origins: ReadonlyMap<string, string | false>,
  ): Promise<string | undefined> {
    const ask = (name: string, origin: string, requested?: string) =>
      send(
        port,
        name,
        target,
        {
          origin,
          host,
          ...(requested !== undefined && { 'access-control-request-method': requested }),
        },
        undefined,
        { agent },
      );
    const probe = await ask(method, 'https://probe.example.org');
    const id = probe.lines.find(([name]) => name === 'x-id')?.[1];
    const expected = id === undefined ? GLOBAL_ORIGIN : (origins.get(id) ?? false);
    const allowed = expected === false ? GLOBAL_ORIGIN : expected;
    const other = [...origins.values()].find((origin) => origin !== false && origin !== expected);

    const actual = await ask(method, allowed);
    const before = await ask('OPTIONS', allowed, method);
    const refused = await ask('OPTIONS', other || 'https://nobody.example.org', method);
    const shown = (answer: typeof actual) => answer.cors['access-control-allow-origin'];
    const where = `${method} ${target} (Host: ${host}) → ${id ?? probe.status}`;
    const found = {
      probe: probe.cors,
      actual: actual.cors,
      preflight: [before.status, shown(before), before.cors['vary']],
      other: [refused.status, refused.cors],
    };
    const wanted =
      expected === false
        ? { probe: {}, actual: {}, preflight: [403, undefined, undefined], other: [403, {}] }
        : {
            probe: { vary: 'Origin' },
            actual: { 'access-control-allow-origin': expected, vary: 'Origin' },
            preflight: [204, expected, 'Origin'],
            other: [403, { vary: 'Origin' }],
          };
    if (!isDeepStrictEqual(found, wanted)) {
      throw new Error(`${where}\n  ${JSON.stringify(found)}\nnot ${JSON.stringify(wanted)}`);
    }
    return id;
  }
});
