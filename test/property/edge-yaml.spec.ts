import { parseDocument } from 'yaml';
import { Losses } from '../../lib/edge/approximate/flat-policy.js';
import { EdgeError, type EdgeTargetName } from '../../lib/edge/edge-target.js';
import { envoyRoutes } from '../../lib/edge/envoy/envoy.js';
import { type EdgePlan, planEdge } from '../../lib/edge/plan/plan-edge.js';
import { edgeTarget } from '../../lib/edge/targets.js';
import { readPolicyFile } from '../../lib/policy-file/read-policy-file.js';
import { type HostilePolicy, hostilePolicy } from '../edge/hostile-policies.js';
import {
  envoyAllows,
  type EnvoyRoute,
  isNoLooser,
  isWhole,
  tablesAllow,
} from '../support/approximate-edges.js';
import { TableReader } from '../support/edge-tables.js';
import { fc } from '../support/fast-check.js';
import { policyFile } from '../support/policy-files.js';

/** `CORS_FUZZ_RUNS=3000` for more. */
const RUNS = Number(process.env['CORS_FUZZ_RUNS'] ?? 100);

/** A route of an HTTPRoute, as far as it is looked at. */
interface GatewayRule {
  readonly matches: readonly { readonly path: { readonly type: string; readonly value: string } }[];
  readonly filters?: readonly {
    readonly cors: {
      readonly allowOrigins: readonly string[];
      readonly allowHeaders: readonly string[];
      readonly allowMethods: readonly string[];
      readonly exposeHeaders: readonly string[];
      readonly maxAge: number;
      readonly allowCredentials: boolean;
    };
  }[];
}

/** What a file says to whoever reads YAML: of version 1.2 as Envoy, or 1.1 as Kubernetes. */
function parsed(text: string): unknown {
  const [newer, older] = (['1.2', '1.1'] as const).map((version) => {
    const document = parseDocument(text, { version, uniqueKeys: true });
    expect([document.errors, document.warnings]).toEqual([[], []]);
    return document.toJS({ maxAliasCount: -1 }) as unknown;
  });
  expect(older).toEqual(newer);
  return newer;
}

/** The names of lists, in no order. */
function set(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted();
}

function planOf({ origins, paths, methods, ...names }: HostilePolicy): Promise<EdgePlan> {
  const origin = origins.map((one) =>
    typeof one === 'string' ? one : { source: one.source, flags: one.flags },
  );
  const made = policyFile({
    policies: { 'forRoot()': { origin, ...names }, put: { origin, methods: ['PUT', ...methods] } },
    routes: {
      ...Object.fromEntries(paths.map((path) => [`GET /${path}`, 'forRoot()'])),
      'PUT /x': 'put',
    },
  });
  return planEdge(readPolicyFile(JSON.stringify(made), 'the file'), {
    digest: 'e3b0c442',
    title: 'Envoy',
    looksAround: false,
    basePath: '',
    host: undefined,
  });
}

async function textOf(name: EdgeTargetName, plan: EdgePlan): Promise<string> {
  const [file] = (await edgeTarget(name)).files(plan, 'answer');
  return file?.text ?? '';
}

/** Origins that a policy has, and some that differ from them by a character. */
function originsOf({ origins }: HostilePolicy): readonly string[] {
  const written = origins.map((one) =>
    typeof one === 'string' ? one.replaceAll('*', 'a-1') : 'https://ab.example.com',
  );
  return [
    'https://evil.example',
    ...written.flatMap((one) => [one, `${one}x`, one.replace('.', 'x')]),
  ];
}

it('the YAML for Envoy says what the policy does, whatever is in its names', async () => {
  let [allowed, exact] = [0, 0];
  await fc.assert(
    fc.asyncProperty(hostilePolicy, async (policy) => {
      const plan = await planOf(policy);
      const { resources } = parsed(await textOf('envoy', plan)) as {
        resources: [{ virtual_hosts: [{ routes: readonly EnvoyRoute[] }] }];
      };
      const { routes } = resources[0].virtual_hosts[0];
      const due: unknown = envoyRoutes(plan.tables, new Losses());
      expect(routes).toEqual(JSON.parse(JSON.stringify(due)));

      const policies = routes.flatMap(
        (route) => route.typed_per_filter_config?.['envoy.filters.http.cors'] ?? [],
      );
      const listed = policy.origins.filter((one) => typeof one === 'string' && !one.includes('*'));
      for (const one of policies) {
        const texts = one.allow_origin_string_match.flatMap((match) => match.exact ?? []);
        expect(set(texts)).toEqual(set(listed.map(String)));
        exact += texts.length;
      }
      const reader = new TableReader(plan.tables);
      const targets = [...policy.paths.map((path) => `/${path}`), '/x', '/nowhere'];
      for (const target of targets) {
        for (const origin of originsOf(policy)) {
          for (const isPreflight of [true, false]) {
            const asked = { target, method: target === '/x' ? 'PUT' : 'GET', origin, isPreflight };
            const [came, own] = [envoyAllows(routes, asked), tablesAllow(reader, asked)];
            expect([asked, came, isNoLooser(came, own)]).toEqual([asked, came, true]);
            if (came === undefined || target === '/nowhere') continue;
            allowed += 1;
            const isPut = target === '/x';
            expect([set(came.exposed), set(came.headers)]).toEqual([
              set(isPreflight || isPut ? [] : policy.exposedHeaders),
              set(isPreflight ? (isPut ? ['*'] : policy.allowedHeaders) : []),
            ]);
            expect(came.maxAge).toBe(isPreflight ? 600 : 0);
          }
        }
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect([allowed > RUNS, exact > RUNS]).toEqual([true, true]);
}, 600_000);

it('the YAML for the Gateway API says what the policy does, whatever is in its names', async () => {
  let [written, matched] = [0, 0];
  await fc.assert(
    fc.asyncProperty(hostilePolicy, async (policy) => {
      const plan = await planOf(policy);
      let text: string;
      try {
        text = await textOf('gateway-api', plan);
      } catch (error) {
        if (!(error instanceof EdgeError)) throw error;
        return;
      }
      written += 1;
      const { spec } = parsed(text) as { spec: { rules: readonly GatewayRule[] } };
      const ruleOf = (target: string) =>
        spec.rules.find(({ matches }) =>
          matches.some(
            ({ path }) => path.type === 'RegularExpression' && isWhole(path.value, target),
          ),
        );
      const listed = policy.origins.filter((one) => typeof one === 'string');
      const sayable = listed.filter((one) => !one.includes('*') || one.startsWith('https://*.'));
      for (const path of policy.paths) {
        const cors = ruleOf(`/${path}`)?.filters?.[0]?.cors;
        // Of RegExps alone, nothing can be said.
        if (cors === undefined) continue;
        matched += 1;
        expect({ ...cors, allowMethods: set(cors.allowMethods) }).toEqual({
          allowOrigins: expect.anything(),
          allowHeaders: expect.anything(),
          exposeHeaders: expect.anything(),
          allowMethods: set(cors.allowMethods),
          maxAge: 600,
          allowCredentials: false,
        });
        expect([set(cors.allowOrigins), set(cors.allowHeaders), set(cors.exposeHeaders)]).toEqual([
          set(sayable),
          set(policy.allowedHeaders),
          set(policy.exposedHeaders),
        ]);
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect([written * 2 > RUNS, matched * 2 > RUNS]).toEqual([true, true]);
}, 600_000);
