import { normalizeMethod } from '../../fetch/methods.js';
import { decidePreflight, type PreflightDecision } from '../../policy/decide-preflight.js';
import { type CorsDecision, prepareAmbiguous } from '../../policy/decide-response.js';
import type { CorsPolicyFile, PolicyFileRoute } from '../../policy-file/policy-file.js';
import type { PolicyModel } from '../../policy-file/policy-model.js';
import { type Expression, matcherOf } from '../expression.js';
import { isTooLarge, pathExpression, prefixOf } from '../paths/path-pattern.js';
import type { Region } from '../paths/regions.js';
import type { CellsByMethod, PlaceCells } from '../tables.js';
import {
  type CellTable,
  type Findings,
  SOME_HEADER,
  SOME_METHOD,
  UNREADABLE_HEADERS,
} from './cell-table.js';
import type { DelegationCause, Delegations } from './delegations.js';
import { decisionsOf, MOST_RULES, type OriginRules, SOME_ORIGIN } from './origin-rules.js';
import type { PathSpace } from './path-space.js';

/** What is asked about at each place: what any platform registers for a route of all methods. */
const METHODS =
  'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE QUERY SEARCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK'.split(
    ' ',
  );

/** Where nothing is served, unless something serves everything. */
const NOWHERE = ['/x7q-nowhere/x8q', '/~7/x8q/x9q/x6q', '/x7q', '//x7q', '/x7q//x8q', '/', '//'];
const UNDECODABLE = '/x7q-nowhere/%E0%A4%A';

interface Parts {
  readonly file: CorsPolicyFile;
  readonly model: PolicyModel;
  readonly rules: OriginRules;
  readonly space: PathSpace;
  /** Paths that servers read in several ways. */
  readonly odd: Expression | undefined;
  readonly cells: CellTable;
  readonly delegations: Delegations;
  readonly looksAround: boolean;
  readonly host: string | undefined;
}

/** Asks what holds at a place. */
export class PlaceReader {
  private readonly methods: readonly string[];
  /** Those that policies name. */
  private readonly listed: ReadonlySet<string>;
  private readonly hasKeys: boolean;
  private readonly hasHosts: boolean;
  private readonly vague: boolean;
  private readonly isOdd: (path: string) => boolean;

  constructor(private readonly parts: Parts) {
    const { file, space, odd } = parts;
    const ofRoutes = file.routes.map(({ method }) => normalizeMethod(method));
    const ofPolicies = Object.values(file.policies).flatMap(({ methods }) =>
      Array.isArray(methods.value) ? [...(methods.value as readonly string[])] : [],
    );
    this.methods = [...new Set([...METHODS, ...ofRoutes, ...ofPolicies])].filter(
      (method) => method !== 'ALL',
    );
    this.listed = new Set(ofPolicies);
    this.hasKeys = Object.keys(file.paths).length > 0;
    this.hasHosts = parts.host === undefined && file.routes.some(isOfHost);
    this.isOdd = odd === undefined ? () => false : matcherOf(odd);
    this.vague = file.routes.some((route) => space.isVague(route));
  }

  at(region: Region): PlaceCells {
    const { pattern, sample } = region;
    const { space, looksAround } = this.parts;
    const cause = this.causeAt(region);
    if (sample === undefined) {
      this.parts.delegations.add({ kind: 'no sample' }, [], '/');
      return this.untouched();
    }
    const { segments } = space;
    const isUnsayable =
      isTooLarge(pattern, segments) ||
      (!looksAround && pathExpression(pattern, segments).looksAround);
    if (cause !== undefined || isUnsayable) {
      this.delegate(cause ?? { kind: 'path' }, sample);
      return this.untouched();
    }
    return this.cellsAt(sample, this.isSettled(region));
  }

  elsewhere(): PlaceCells {
    const { space } = this.parts;
    const free = NOWHERE.find((path) => space.routesAt(path).length === 0);
    return this.cellsAt(
      free ?? '/x7q-nowhere/x8q',
      Object.keys(this.parts.file.paths).length === 0,
    );
  }

  /** What cannot be decoded. */
  undecodable(): CellsByMethod {
    return this.cellsAt(UNDECODABLE, true).cells;
  }

  /** No origin is allowed: the path is another one to somebody. */
  refused(): CellsByMethod {
    const preflight = decidePreflight(
      { policies: [false], isAmbiguous: true, mapped: [], takesMethod: false },
      {
        origin: SOME_ORIGIN,
        method: SOME_METHOD,
        requestHeaders: undefined,
        toCorsRequest: () => ({ origin: '', method: '', url: '', hostname: '', protocol: '' }),
      },
    );
    if (preflight instanceof Promise)
      return { byMethod: new Map(), other: this.parts.cells.untouched };
    const holds = new Map<number, boolean>();
    const other = this.parts.cells.add(
      {
        preflight: [{ holds, result: preflight }],
        malformed: preflight,
        response: [{ holds, result: prepareAmbiguous().notAllowed }],
      },
      SOME_METHOD,
    );
    return { byMethod: new Map(), other };
  }

  private untouched(): PlaceCells {
    const cells = { byMethod: new Map<string, string>(), other: this.parts.cells.untouched };
    return { cells, oddCells: undefined };
  }

  /** Why all that is at a region is left to the application, whatever its policies are. */
  private causeAt({ sample, pattern }: Region): DelegationCause | undefined {
    if (sample === undefined || (!this.vague && !this.hasHosts)) return undefined;
    const { space } = this.parts;
    const routes = space.routesAt(sample);
    if (this.hasHosts && routes.some(isOfHost)) return { kind: 'host' };
    // Of one path, the application itself says what serves it.
    const isOnePath = pattern.every(({ kind }) => kind === 'literal');
    return !isOnePath && routes.some((route) => space.isVague(route))
      ? { kind: 'path' }
      : undefined;
  }

  /** Paths that the application alone can read. */
  leftAside(paths: string): CellsByMethod {
    this.parts.delegations.addPaths(paths);
    return this.untouched().cells;
  }

  /**
   * Whether a key of `paths` decides on a region, however its paths are read: no other key is below what
   * all of them begin with. A router that decodes that reads more paths as those of its routes.
   */
  isSettled({ pattern, sample }: Region): boolean {
    if (!this.hasKeys || (this.parts.space.escapes !== undefined && this.isServed(sample))) {
      return false;
    }
    const prefix = prefixOf(pattern, { spell: (text) => text })
      .map((segment) => `/${segment}`)
      .join('');
    const isOpen = pattern.some(({ kind }) => kind !== 'literal');
    return (
      isOpen &&
      !this.isOdd(`${prefix}/`) &&
      !Object.keys(this.parts.file.paths).some((key) => {
        const base = key.endsWith('/*') ? key.slice(0, -2) : key;
        return base.startsWith(`${prefix}/`) || (base === prefix && !key.endsWith('/*'));
      })
    );
  }

  private isServed(sample: string | undefined): boolean {
    const routes = sample === undefined ? [] : this.parts.space.routesAt(sample);
    return routes.some(({ handler }) => handler !== null);
  }

  private cellsAt(path: string, isSettled: boolean): PlaceCells {
    const asOther = this.findingsAt(path, SOME_METHOD);
    const other = this.cellOf(asOther, SOME_METHOD);
    const byMethod = new Map<string, string>();
    const methods = this.methodsAt(path);
    for (const method of methods) {
      const cell = this.cellOf(this.findingsAt(path, method), method, asOther);
      if (cell !== other) byMethod.set(method, cell);
    }
    const cells = { byMethod, other };
    return { cells, oddCells: isSettled ? undefined : this.oddCellsAt(path, methods, cells) };
  }

  /** An odd path is what its route takes it for; without one, what it stands for is not certain. */
  private oddCellsAt(
    path: string,
    methods: readonly string[],
    { byMethod, other }: CellsByMethod,
  ): CellsByMethod | undefined {
    if (!this.hasKeys) return undefined;
    const refused = this.refused().other;
    const cellAt = (method: string, cell: string) => (this.serves(path, method) ? cell : refused);
    const oddOther = cellAt(SOME_METHOD, other);
    const odd = new Map<string, string>();
    for (const method of methods) {
      const cell = cellAt(method, byMethod.get(method) ?? other);
      if (cell !== oddOther) odd.set(method, cell);
    }
    return { byMethod: odd, other: oddOther };
  }

  /** The methods that may be answered in another way than one that nobody has. */
  private methodsAt(path: string): readonly string[] {
    const registered = this.parts.space.routesAt(path).map(({ method }) => normalizeMethod(method));
    if (registered.includes('ALL')) return this.methods;
    const mapped = new Set(
      registered.flatMap((method) => (method === 'GET' ? [method, 'HEAD'] : method)),
    );
    return this.methods.filter((method) => mapped.has(method) || this.listed.has(method));
  }

  private serves(path: string, method: string): boolean {
    const request = { method, target: path, host: this.host };
    const { space, model } = this.parts;
    const serving = model.serving(request);
    return space.routesAt(path).some((route) => route.handler !== null && serving.includes(route));
  }

  private get host(): string {
    return this.parts.host ?? 'nestjs-cors-edge.invalid';
  }

  private cellOf(findings: Findings | undefined, method: string, asOther?: Findings): string {
    const { cells } = this.parts;
    return findings === undefined ? cells.untouched : cells.add(findings, method, asOther);
  }

  /** Undefined: it is left to the application. */
  private findingsAt(path: string, method: string): Findings | undefined {
    const { model, rules } = this.parts;
    const request = { method, target: path, host: this.host };
    const asked = { ...request, origin: SOME_ORIGIN, requestHeaders: SOME_HEADER };
    const preflight = rules.explore(() => model.preflight(asked));
    const malformed = rules.explore(() =>
      model.preflight({ ...asked, requestHeaders: UNREADABLE_HEADERS }),
    );
    const response = rules.explore(() => model.response({ ...request, origin: SOME_ORIGIN }));
    const [refusal] = malformed ?? [];
    if (preflight === undefined || response === undefined || refusal === undefined) {
      return this.delegate({ kind: 'rules', most: MOST_RULES }, path, method);
    }
    const decidedPreflight = decisionsOf<PreflightDecision>(preflight);
    const decidedResponse = decisionsOf<CorsDecision>(response);
    const cause = decidedPreflight.cause ?? decidedResponse.cause;
    if (cause !== undefined || refusal.result.kind !== 'decided') {
      return this.delegate(cause ?? { kind: 'version' }, path, method);
    }
    const asksFor = [...preflight, ...response].flatMap(({ holds }) => [...holds.keys()]);
    const unsayable = rules.unsayableOf(asksFor);
    if (unsayable !== undefined) return this.delegate(unsayable, path, method);
    return {
      preflight: decidedPreflight.branches,
      malformed: refusal.result.decision,
      response: decidedResponse.branches,
    };
  }

  private delegate(cause: DelegationCause, path: string, method?: string): undefined {
    const { space, model, delegations } = this.parts;
    const all = space.routesAt(path).filter(({ handler }) => handler !== null);
    const serving =
      method === undefined ? all : model.serving({ method, target: path, host: this.host });
    const routes = all.filter((route) => serving.includes(route));
    delegations.add(cause, routes, path, all);
    return undefined;
  }
}

function isOfHost({ host, constraints }: PolicyFileRoute): boolean {
  return host !== undefined || constraints?.['host'] !== undefined;
}
