import type { Declared } from '../options/declared-options.js';
import { explainedDefault, POLICY_OPTIONS } from '../options/policy-option-table.js';
import type { RouteEntry } from '../routing/route-entry.js';

/** One option of an effective policy, and where it is written. */
export interface ExplainedOption {
  /** The value in force. */
  readonly value: unknown;
  /** `forRoot()`, `forRoot().policies.public`, `@Cors() on OrdersController.update`; or `default`. */
  readonly from: string;
}

/** An effective policy option by option, or why there is none. */
export type ExplainedPolicy = Readonly<Record<string, ExplainedOption>> | false | 'pass-through';

/** A route of the application with its effective policy. */
export interface CorsRoute {
  /** The method it is registered for; `ALL` for any. */
  readonly method: string;
  /** The path as registered, prefix and version included: `/v1/orders/:id`. */
  readonly path: string;
  /** `OrdersController.update`; null for a route that no controller declares. */
  readonly handler: string | null;
  /**
   * Option by option; `false` where `@Cors(false)` applies, `'pass-through'` where CORS passes through.
   * With `origin: false`, CORS is off as well.
   */
  readonly policy: ExplainedPolicy;
}

/** The routes of the application, in the order of registration. */
export function routeReport(
  entries: Iterable<RouteEntry>,
  declaredOptionsOf: (entry: RouteEntry) => Declared | undefined,
): CorsRoute[] {
  const explain = once(explainPolicy);
  return Array.from(entries, (entry) => ({
    method: entry.method,
    path: entry.path,
    handler: entry.handler,
    policy: explain(declaredOptionsOf(entry) ?? false),
  }));
}

/** Asks once for each value: most routes share their policy. */
function once<In, Out>(ask: (value: In) => Out): (value: In) => Out {
  const known = new Map<In, Out>();
  return (value) => {
    let answer = known.get(value);
    if (answer === undefined) known.set(value, (answer = ask(value)));
    return answer;
  };
}

/** An effective policy, option by option, each with the place it comes from. */
export function explainPolicy(declared: Declared): ExplainedPolicy {
  if (typeof declared !== 'object') return declared;
  const explained = POLICY_OPTIONS.map((name): [string, ExplainedOption] => {
    const option = declared[name];
    return option === undefined
      ? [name, { value: explainedDefault(name), from: 'default' }]
      : [name, { value: option.value, from: option.declaredAt }];
  });
  return Object.fromEntries(explained);
}

const OFF = 'CORS is off';
const HEADINGS = ['Method', 'Path', 'Handler', 'Origin', 'Credentials', 'From'];

/** Routes and policies as one table for a terminal. */
export function routeTableText(routes: readonly CorsRoute[]): string {
  const cells = once(policyCells);
  const rows = routes.map(({ method, path, handler, policy }) => [
    method,
    path,
    handler ?? '-',
    ...cells(policy),
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [HEADINGS, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function policyCells(policy: ExplainedPolicy): string[] {
  if (typeof policy !== 'object') {
    return [policy === false ? OFF : 'CORS passes through', '-', '-'];
  }
  const { origin } = policy;
  if (origin?.value === false) return [OFF, '-', `\`origin: false\` in ${origin.from}`];
  const places = new Set(
    Object.values(policy)
      .map(({ from }) => from)
      .filter((from) => from !== 'default'),
  );
  return [
    cellText(origin?.value),
    policy['credentials']?.value === true ? 'yes' : 'no',
    [...places].join(', '),
  ];
}

const LONGEST = 60;

/** An option's value in few words, for a table. */
function cellText(value: unknown): string {
  const text = Array.isArray(value) ? value.map(memberText).join(' ') : memberText(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function memberText(value: unknown): string {
  if (typeof value === 'function') return value.name === '' ? 'a function' : `${value.name}()`;
  return String(value);
}
