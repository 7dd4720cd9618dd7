import { Agent } from 'node:http';
import { CorsService } from 'nestjs-cors';
import { PolicyModel } from '../../lib/policy-file/policy-model.js';
import { readPolicyFile } from '../../lib/policy-file/read-policy-file.js';
import { fc } from '../support/fast-check.js';
import { generatedModule, GLOBAL_ORIGIN } from '../support/generated-app.js';
import {
  aimed,
  application,
  registeredRoutes,
  request,
  startGenerated,
} from '../support/generated-requests.js';
import { answerOf, expectedOf } from '../support/model-answers.js';
import { PLATFORMS } from '../support/platforms.js';
import { send } from '../support/send.js';

const REQUESTS_PER_APP = 25;
/** `CORS_ROUTE_APPS=800` for 20,000 requests a platform. */
const APPS = Number(process.env['CORS_ROUTE_APPS'] ?? 30);

describe.each(PLATFORMS)('the file of an application answers as it does on $platform', (row) => {
  const { platform } = row;
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  afterAll(() => agent.destroy());

  it('in every generated application', async () => {
    let booted = 0;
    let served = 0;
    await fc.assert(
      fc.asyncProperty(
        application(platform),
        fc.array(request, { minLength: REQUESTS_PER_APP, maxLength: REQUESTS_PER_APP }),
        async ({ controllers, ...settings }, requests) => {
          const { module, origins } = generatedModule(controllers);
          const started = await startGenerated(platform, module, settings);
          if (started === undefined) return;
          const { app, port } = started;
          booted += 1;
          const routes = registeredRoutes(controllers, settings.prefix);
          const all = [GLOBAL_ORIGIN, ...origins.values()].filter((origin) => origin !== false);
          try {
            const text = JSON.stringify(app.get(CorsService).policy());
            const model = await PolicyModel.of(readPolicyFile(text, 'the file'));
            for (const one of requests) {
              const { method, target } = aimed(one, routes);
              const asked = { method, target, host: one.host };
              for (const origin of new Set(all)) {
                const headers = { origin, host: one.host };
                const actual = await send(port, method, target, headers, undefined, { agent });
                if (actual.status === 200) served += 1;
                const before = await send(
                  port,
                  'OPTIONS',
                  target,
                  { ...headers, 'access-control-request-method': method },
                  undefined,
                  { agent },
                );
                const found = [answerOf(actual, false), answerOf(before, true)];
                const expected = [
                  expectedOf(model.response({ ...asked, origin })),
                  expectedOf(model.preflight({ ...asked, origin })),
                ];
                expect([`${method} ${target} ${one.host}`, ...found]).toEqual([
                  `${method} ${target} ${one.host}`,
                  ...expected,
                ]);
              }
            }
          } finally {
            await app.close();
          }
        },
      ),
      { numRuns: APPS, endOnFailure: true },
    );
    // The property says little where nothing boots or nothing is hit.
    expect([booted > APPS / 4, served > booted * 5]).toEqual([true, true]);
  }, 600_000);
});
