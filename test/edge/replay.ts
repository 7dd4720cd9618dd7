import { Agent } from 'node:http';
import { type Answer, send } from '../support/send.js';

/** A request as it is sent to the application and to the edge. */
export interface ReplayedRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

/** One request that the edge answers in another way. */
export interface EdgeDifference {
  readonly request: ReplayedRequest;
  /** What differs, by header or `status`: the expected value, and what came. */
  readonly values: Readonly<Record<string, readonly [expected: string, came: string]>>;
}

/** Status, CORS headers and `Vary` of an answer, lists as sets; absent headers are not there. */
export type AnswerView = Readonly<Record<string, string>>;

const AT_A_TIME = 4;

/** What must come. */
export type Expected = (request: ReplayedRequest, agent?: Agent) => Promise<AnswerView>;

interface ReplayOptions {
  /** Stops after so many differences. */
  readonly atMost?: number;
  readonly keepAlive?: boolean;
}

/** Whether a request is a preflight. */
export function isPreflight({ method, headers }: ReplayedRequest): boolean {
  const names = ['origin', 'access-control-request-method'];
  return method === 'OPTIONS' && names.every((name) => headers[name] !== undefined);
}

/** Sends requests to the edge, and compares what comes with what must. */
export async function replay(
  requests: readonly ReplayedRequest[],
  expected: Expected,
  edge: number,
  { atMost = Infinity, keepAlive = true }: ReplayOptions = {},
): Promise<EdgeDifference[]> {
  const agent = new Agent({ keepAlive, maxSockets: AT_A_TIME });
  const differences: EdgeDifference[] = [];
  try {
    for (let start = 0; start < requests.length; start += AT_A_TIME) {
      const compared = await Promise.all(
        requests.slice(start, start + AT_A_TIME).map(async (request) => {
          const [due, came] = await Promise.all([
            expected(request, agent),
            askAgain(edge, request, agent),
          ]);
          return differenceOf(request, due, came);
        }),
      );
      differences.push(...compared.filter((one) => one !== undefined));
      if (differences.length >= atMost) break;
    }
  } finally {
    agent.destroy();
  }
  return differences;
}

/**
 * What one answer allows that another one does not: its headers, and a success in place of a refusal.
 * Empty: it allows no more.
 */
export function looserIn(own: AnswerView, came: AnswerView): readonly string[] {
  const isLooser = (name: string): boolean => {
    const [due, value] = [own[name], came[name]];
    if (value === undefined || value === due || name === 'vary') return false;
    if (name === 'status') return due === '403' && value === '204';
    if (due === undefined) return true;
    if (name === 'access-control-max-age') return Number(value) > Number(due);
    const known = due.split(', ');
    return LISTS[name] === undefined || value.split(', ').some((one) => !known.includes(one));
  };
  return Object.keys(came).filter(isLooser);
}

/** What a server answers itself. */
export function answersOf(port: number): Expected {
  return (request, agent) => ask(port, request, agent);
}

/** What is sent to a server, and what comes back. */
export async function ask(
  port: number,
  { method, target, headers }: ReplayedRequest,
  agent?: Agent,
): Promise<AnswerView> {
  const sent = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : [...value],
    ]),
  );
  return viewOf(
    await send(port, method, target, sent, undefined, agent === undefined ? {} : { agent }),
  );
}

/** A server may end a connection that has served before: what came to nothing is sent on a new one, as browsers do. */
async function askAgain(port: number, request: ReplayedRequest, agent: Agent): Promise<AnswerView> {
  try {
    return await ask(port, request, agent);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
    return ask(port, request);
  }
}

/** Order and number of lines are of no meaning in these; names of headers have no letter case. */
const LISTS: Readonly<Record<string, (member: string) => string>> = {
  'access-control-allow-headers': (member) => member.toLowerCase(),
  'access-control-allow-methods': (member) => member,
  'access-control-expose-headers': (member) => member.toLowerCase(),
  vary: (member) => member.toLowerCase(),
};

/** A part of an answer in the form in which answers are compared. */
export function viewOf({ status, cors }: Pick<Answer, 'status' | 'cors'>): AnswerView {
  const view: Record<string, string> = { status: String(status) };
  for (const [name, value] of Object.entries(cors)) {
    const lines = [value].flat();
    const read = LISTS[name];
    // Several lines say the same as one: what is wrong of them is wrong of it.
    view[name] = read === undefined ? lines.join(', ') : setOf(lines, read);
  }
  return view;
}

function setOf(lines: readonly string[], read: (member: string) => string): string {
  const members = lines
    .flatMap((line) => line.split(','))
    .map((member) => member.trim())
    .filter((member) => member !== '');
  return [...new Set(members.map(read))].toSorted().join(', ');
}

function differenceOf(
  request: ReplayedRequest,
  expected: AnswerView,
  came: AnswerView,
): EdgeDifference | undefined {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(came)])];
  const values = names
    .filter((name) => expected[name] !== came[name])
    .map((name) => [name, [expected[name] ?? '(none)', came[name] ?? '(none)']] as const);
  return values.length === 0 ? undefined : { request, values: Object.fromEntries(values) };
}

const SHOWN = 8;

/** The differences, to be read: one of each kind, the most frequent first. Empty where there are none. */
export function describeDifferences(
  differences: readonly EdgeDifference[],
  requests: readonly ReplayedRequest[],
): string {
  const kinds = new Map<string, EdgeDifference[]>();
  for (const one of differences) {
    const kind = JSON.stringify(Object.values(one.values));
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  const shown = [...kinds.values()]
    .toSorted((a, b) => b.length - a.length)
    .slice(0, SHOWN)
    .map((alike) => `  ${alike.length} times, such as ${alike.slice(0, 1).map(shownOf).join('')}`);
  if (shown.length === 0) return '';
  return [`${differences.length} of ${requests.length} requests differ:`, ...shown].join('\n');
}

function shownOf({ request: { method, target, headers }, values }: EdgeDifference): string {
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((line) => `${name}: ${line}`),
  );
  const lines = Object.entries(values).map(
    ([name, [expected, came]]) => `      ${name}: expected ${expected}, came ${came}`,
  );
  return [`${method} ${target} (${sent.join('; ')})`, ...lines].join('\n');
}
