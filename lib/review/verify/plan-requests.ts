import type { CorsPolicyFile, PolicyReference } from '../../policy-file/policy-file.js';
import type { ModelRequest, PolicyModel } from '../../policy-file/policy-model.js';
import { nameOf } from '../route-name.js';
import { OriginLanguages } from '../../options/language/origin-language.js';
import { Grants } from '../grants.js';
import { type FilledPath, fillPath } from '../fill-path.js';
import { nearMissesOf, NULL_ORIGIN, samplesOf, STRANGER, type Witness } from './near-misses.js';

/** A request that shows whether what is deployed answers as the file says. */
export interface PlannedRequest extends ModelRequest {
  readonly isPreflight: boolean;
  /** `GET /orders/:id`. */
  readonly place: string;
  readonly witness: Witness | undefined;
  /** The target as it may be printed. */
  readonly shown: string;
}

/** What is asked, and where nothing can be. */
export interface RequestPlan {
  /** So that whatever is cut off, each place has its share: the most telling first. */
  readonly requests: readonly PlannedRequest[];
  /** How many there would be without the limit. */
  readonly total: number;
  /** Places of which no request is known, and why. */
  readonly unreachable: readonly string[];
}

export interface PlanOptions {
  /** The header `Host` of requests. */
  readonly host: string;
  /** Values of parameters, by name. */
  readonly params: ReadonlyMap<string, string>;
  /** Whether requests may change something. */
  readonly unsafe: boolean;
  /** How many requests at most. */
  readonly limit: number;
}

/** A path that no controller serves, unless one takes everything. */
const NOWHERE = '/nestjs-cors-verify';

/** A header and a method that nobody has. */
export const PROBE_HEADER = 'x-nestjs-cors-verify';

/** The requests for each route, each key of `paths`, and paths that no controller serves. */
export function planRequests(
  file: CorsPolicyFile,
  model: PolicyModel,
  options: PlanOptions,
): RequestPlan {
  const unreachable: string[] = [];
  const places: Place[] = [];
  for (const route of file.routes) {
    const place = nameOf(route);
    const method = route.method === 'ALL' ? 'GET' : route.method;
    const { host } = options;
    const ways = fillPath(route.path, options.params);
    const servedBy = ({ target }: FilledPath) => model.serving({ method, target, host });
    const filled = ways.find((way) => servedBy(way).includes(route));
    if (filled === undefined) {
      const isTaken = ways.some((way) => servedBy(way).length > 0);
      unreachable.push(`${place}: ${reasonFor(route, isTaken)}`);
    } else places.push({ place, registered: route.method, policy: route.policy, ...filled });
  }
  for (const [key, policy] of Object.entries(file.paths)) {
    const target = key.endsWith('/*') ? `${key.slice(0, -2)}${NOWHERE}` : key;
    places.push({ place: `the path ${key}`, registered: 'ALL', policy, target, shown: target });
  }
  const nowhere = { registered: 'ALL', target: NOWHERE, shown: NOWHERE };
  places.push({ place: 'paths that no controller serves', policy: file.global, ...nowhere });

  const witnesses = new Witnesses(file);
  const share = Math.max(1, Math.ceil(options.limit / places.length));
  let total = 0;
  const lists = places.map((place) => {
    const all = witnesses.of(place.policy);
    // Each of them gives at least one request: of 1,000 origins at 10,000 routes few are needed.
    const some = all.slice(0, share);
    const list = requestsAt(place, some, options);
    const each = isSent(place.registered, options) ? 2 : 1;
    total += list.length + (all.length - some.length) * each;
    return list.slice(0, share);
  });
  const longest = Math.max(...lists.map(({ length }) => length));
  const requests = Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list[index] ?? []),
  ).flat();
  return { requests: requests.slice(0, options.limit), total, unreachable };
}

/** Where a policy applies, with a way to ask. */
interface Place extends FilledPath {
  readonly place: string;
  /** The method of the route; `ALL` for any. */
  readonly registered: string;
  readonly policy: PolicyReference;
}

function reasonFor({ host, path }: CorsPolicyFile['routes'][number], isTaken: boolean): string {
  if (host !== undefined) {
    return "it is bound to another host: write `--url` with one of its hosts, or `--header 'host: ...'`";
  }
  const [, name] = /:(\w+)/.exec(path) ?? [];
  if (name !== undefined) return `no path for it is known: write \`--param ${name}=VALUE\``;
  return isTaken
    ? 'another route serves its path'
    : 'clients encode its path, and the router takes it as it is written';
}

/** Whether actual requests are sent, not preflights alone. */
function isSent(registered: string, { unsafe }: PlanOptions): boolean {
  return unsafe || /^(?:ALL|GET|HEAD|OPTIONS)$/.test(registered);
}

function requestsAt(
  { place, registered, target, shown }: Place,
  witnesses: readonly Witness[],
  options: PlanOptions,
): PlannedRequest[] {
  const { host } = options;
  const method = registered === 'ALL' ? 'GET' : registered;
  const asked = registered === 'ALL' ? 'PUT' : registered;
  const at = { target, shown, host, place };
  const sends = isSent(registered, options);
  const plain: readonly PlannedRequest[] = sends
    ? [{ ...at, method, isPreflight: false, witness: undefined }]
    : [];
  const preflight = (witness: Witness, rest: Partial<PlannedRequest> = {}): PlannedRequest => ({
    ...at,
    method: asked,
    origin: witness.origin,
    isPreflight: true,
    witness,
    ...rest,
  });
  const [first] = witnesses;
  const ofFirst =
    first === undefined
      ? []
      : [
          preflight(first, { requestHeaders: `authorization,content-type,${PROBE_HEADER}` }),
          ...OTHER_METHODS.filter((name) => name !== asked).map((name) =>
            preflight(first, { method: name }),
          ),
        ];
  const all = witnesses.map((witness) => [
    preflight(witness),
    ...(sends
      ? [{ ...at, method, origin: witness.origin, isPreflight: false, witness } as const]
      : []),
  ]);
  return [...all.slice(0, 1).flat(), ...ofFirst, ...plain, ...all.slice(1).flat()];
}

const OTHER_METHODS = ['DELETE', 'PATCH'];

/** How many origins of other policies are tried. */
const NEIGHBOURS = 6;

/** From where each policy is asked, the most telling first. */
class Witnesses {
  private readonly grants: Grants;
  private readonly known = new Map<PolicyReference, readonly Witness[]>();
  private readonly samples = new Map<PolicyReference, readonly string[]>();

  constructor(file: CorsPolicyFile) {
    this.grants = new Grants(file);
    // Built once, and only where a RegExp is in the file.
    const languages = new OriginLanguages();
    for (const reference of Object.keys(file.policies)) {
      const access = this.grants.of(reference);
      const samples = typeof access === 'object' ? samplesOf(access.origins, languages) : [];
      this.samples.set(reference, samples);
    }
  }

  of(reference: PolicyReference): readonly Witness[] {
    const known = this.known.get(reference) ?? this.find(reference);
    this.known.set(reference, known);
    return known;
  }

  private find(reference: PolicyReference): readonly Witness[] {
    const [first, ...others] = this.samples.get(reference) ?? [];
    const own = (origin: string): Witness => ({ origin, label: 'an origin of the file' });
    const mine = new Set(this.samples.get(reference));
    const neighbours = [...this.samples.values()]
      .flatMap((samples) => samples.find((origin) => !mine.has(origin)) ?? [])
      .slice(0, NEIGHBOURS)
      .map((origin) => ({ origin, label: 'an origin of another policy' }));
    const all = [
      ...(first === undefined ? [] : [own(first)]),
      STRANGER,
      NULL_ORIGIN,
      ...neighbours,
      ...(first === undefined ? [] : nearMissesOf(first)),
      ...others.map(own),
      ...others.flatMap(nearMissesOf),
    ];
    const byOrigin = new Map(all.toReversed().map((witness) => [witness.origin, witness]));
    return all.filter((witness) => byOrigin.get(witness.origin) === witness);
  }
}
