import { CorsService } from 'nestjs-cors';
import { planEdge } from '../../lib/edge/plan/plan-edge.js';
import { PolicyModel } from '../../lib/policy-file/policy-model.js';
import { readPolicyFile } from '../../lib/policy-file/read-policy-file.js';
import { sorted, TableReader } from '../support/edge-tables.js';
import { fc } from '../support/fast-check.js';
import { generatedModule, GLOBAL_ORIGIN } from '../support/generated-app.js';
import {
  aimed,
  application,
  registeredRoutes,
  request,
  startGenerated,
} from '../support/generated-requests.js';
import { expectedOf } from '../support/model-answers.js';
import { PLATFORMS } from '../support/platforms.js';

const REFUSED = [{ cors: { vary: 'Origin' } }, { status: 403, cors: { vary: 'Origin' } }];
const REQUESTS_PER_APP = 60;
/** `CORS_ROUTE_APPS=800` for 48,000 requests a platform. */
const APPS = Number(process.env['CORS_ROUTE_APPS'] ?? 30);

describe.each(PLATFORMS)(
  'the tables of an edge say what the application does on $platform',
  (row) => {
    const { platform } = row;

    it('of every generated application', async () => {
      let [booted, asked, delegated, refused] = [0, 0, 0, 0];
      await fc.assert(
        fc.asyncProperty(
          application(platform),
          fc.array(request, { minLength: REQUESTS_PER_APP, maxLength: REQUESTS_PER_APP }),
          fc.boolean(),
          fc.boolean(),
          async ({ controllers, ...settings }, requests, hasHost, looksAround) => {
            const { module, origins } = generatedModule(controllers);
            const started = await startGenerated(platform, module, settings);
            if (started === undefined) return;
            booted += 1;
            const text = JSON.stringify(started.app.get(CorsService).policy());
            await started.app.close();
            const file = readPolicyFile(text, 'the file');
            const model = await PolicyModel.of(file);
            const host = hasHost ? 'one.example.com' : undefined;
            const { tables } = await planEdge(file, {
              digest: '',
              title: 'nginx',
              looksAround,
              basePath: '',
              host,
            });
            const reader = new TableReader(tables);
            const routes = registeredRoutes(controllers, settings.prefix);
            const all = new Set([GLOBAL_ORIGIN, ...origins.values(), 'https://evil.example']);
            for (const one of requests) {
              const { method, target } = aimed(one, routes);
              for (const origin of all) {
                if (origin === false) continue;
                const sent = {
                  method,
                  target,
                  host: host ?? one.host,
                  origin,
                  requestHeaders: 'x-a',
                };
                asked += 1;
                if (reader.isDelegated(sent)) {
                  delegated += 1;
                  continue;
                }
                const found = [reader.response(sent), reader.preflight(sent)];
                const expected = [model.response(sent), model.preflight(sent)].map(expectedOf);
                if (found[0] === 'untouched') expected[0] = 'untouched';
                // A path that the router reads as another one: nothing is allowed.
                const isRefused = reader.isRefused(sent);
                if (isRefused) refused += 1;
                const due = isRefused ? REFUSED : expected;
                expect([`${method} ${target} ${origin}`, ...found.map(sorted)]).toEqual([
                  `${method} ${target} ${origin}`,
                  ...due.map(sorted),
                ]);
              }
            }
          },
        ),
        { numRuns: APPS, endOnFailure: true },
      );
      // It says little where nothing boots, or much is left out.
      expect([booted > APPS / 4, (delegated + refused) * 8 < asked]).toEqual([true, true]);
    }, 600_000);
  },
);
