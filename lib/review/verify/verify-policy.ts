import { HeaderList } from '../../browser/http/header-list.js';
import { isRedirectStatus } from '../../browser/http/redirects.js';
import type { HeaderLines, ReceivedResponse, Send } from '../../browser/index.js';
import type { CorsPolicyFile } from '../../policy-file/policy-file.js';
import { PolicyModel } from '../../policy-file/policy-model.js';
import {
  ALLOW_ORIGIN,
  compareAnswers,
  type Difference,
  type DifferenceKind,
} from './compare-answers.js';
import { type Expectation, Expectations } from './expectations.js';
import { type BrowserVerdict, inBrowsers } from './in-browsers.js';
import { type PlannedRequest, type PlanOptions, planRequests } from './plan-requests.js';

export interface VerifyOptions extends Omit<PlanOptions, 'host'> {
  /** Where the application is deployed; a path in it stands before all paths. */
  readonly url: URL;
  readonly send: Send;
  /** Sent with actual requests, as for authentication; `host` with preflights as well. */
  readonly headers: HeaderLines;
  /** How many milliseconds all of it may take. */
  readonly time: number;
}

/** A difference, wherever it was found. */
export interface VerifiedDifference extends Difference {
  /** The first request that shows it, and its two answers. */
  readonly request: PlannedRequest;
  readonly expected: ReceivedResponse;
  readonly received: ReceivedResponse;
  readonly browsers: readonly BrowserVerdict[];
  /** How many requests show it, at which places. */
  readonly count: number;
  readonly places: readonly string[];
  /** Whether the same request was answered without it, too. */
  readonly isUnsteady: boolean;
}

export interface Verification {
  /** Looser ones first, and the most dangerous of these. */
  readonly differences: readonly VerifiedDifference[];
  readonly sent: number;
  /** How many requests there are in all. */
  readonly total: number;
  readonly unanswered: number;
  /** What was not compared, and why. */
  readonly notChecked: readonly string[];
  /** Why it ended early, if it did. */
  readonly cutShort?: string;
}

/** Nothing can be said of a server that does not answer as a server. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';
}

const AT_ONCE = 4;
/** How many requests that show a difference are sent twice. */
const MOST_REPEATS = 20;
/** So many requests in a row without an answer: the server is gone. */
const MOST_FAILURES = 8;
const KINDS: readonly DifferenceKind[] = ['looser', 'tighter', 'cosmetic'];

/**
 * Whether what is deployed answers as the file says.
 *
 * @throws VerifyError where it does not answer, or sends everybody elsewhere
 */
export async function verifyPolicy(
  file: CorsPolicyFile,
  options: VerifyOptions,
): Promise<Verification> {
  const model = await PolicyModel.of(file);
  const host = new HeaderList(options.headers).get('host') ?? options.url.host;
  const plan = planRequests(file, model, { ...options, host });
  const expectations = new Expectations(model);
  const asked = plan.requests.flatMap((request) => {
    const expectation = expectations.of(request);
    return expectation === undefined ? [] : [{ request, expectation }];
  });
  const run = new Run(options);
  await run.begin(asked.map(({ request }) => request));
  await run.all(asked);
  const notChecked = [...plan.unreachable, ...expectations.unknown()];
  if (plan.total > plan.requests.length) {
    notChecked.push(
      `${plan.total - plan.requests.length} of ${plan.total} requests: at most ${options.limit} are sent, the most telling first`,
    );
  }
  return { ...(await run.report()), total: asked.length, notChecked };
}

interface Asked {
  readonly request: PlannedRequest;
  readonly expectation: Expectation;
}

/** A difference that a request shows. */
interface Shown {
  readonly difference: Difference;
  readonly request: PlannedRequest;
  readonly expected: ReceivedResponse;
  readonly received: ReceivedResponse;
  isUnsteady: boolean;
}

interface Found extends Shown {
  count: number;
  readonly places: Set<string>;
}

/** The requests of one verification, as they are sent. */
class Run {
  private readonly found = new Map<string, Found>();
  private readonly repeated = new Map<string, number>();
  private sent = 0;
  private unanswered = 0;
  private failures = 0;
  private lastFailure = '';
  private cutShort: string | undefined;
  private readonly end: number;

  constructor(private readonly options: VerifyOptions) {
    this.end = Date.now() + options.time;
  }

  /** Whether there is a server at all, and it is the one that is meant. */
  async begin(requests: readonly PlannedRequest[]): Promise<void> {
    const places = new Map(requests.toReversed().map((request) => [request.place, request]));
    const some = [...places.values()].slice(-3);
    const responses = await Promise.all(some.map((request) => this.ask(request)));
    if (some.length > 0 && responses.every((response) => response === undefined)) {
      throw new VerifyError(this.lastFailure);
    }
    const redirects = responses.flatMap((response, index) => {
      const request = some[index];
      if (response === undefined || request === undefined) return [];
      const url = this.urlOf(request);
      return isRedirectStatus(response.status) ? [{ url, to: locationOf(response, url) }] : [];
    });
    const [first] = redirects;
    if (first === undefined || redirects.length < some.length) return;
    const { origin } = this.options.url;
    const elsewhere = new Set(redirects.map(({ to }) => to?.origin));
    const [only] = elsewhere;
    throw new VerifyError(
      elsewhere.size === 1 && only !== undefined && only !== origin
        ? `${origin} redirects every request to ${only}. Write \`--url ${only}\`.`
        : `${origin} redirects every request, such as ${first.url} to ${first.to?.href ?? 'nowhere'}. Write \`--url\` as the application itself answers at, or what it asks for with \`--header\`.`,
    );
  }

  /** A few at a time; what they show is kept in their order. */
  async all(asked: readonly Asked[]): Promise<void> {
    let next = 0;
    const shown: (readonly Shown[])[] = [];
    const work = async () => {
      while (this.cutShort === undefined) {
        const index = next;
        const one = asked[index];
        next += 1;
        if (one === undefined) return;
        if (Date.now() > this.end) {
          this.cutShort = `the time was up after ${this.options.time / 1000} s`;
          return;
        }
        shown[index] = await this.check(one);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    for (const one of shown.flat()) this.add(one);
  }

  async report() {
    const differences = await Promise.all(
      Array.from(this.found.values(), async ({ difference, places, ...found }) => ({
        ...difference,
        ...found,
        places: [...places],
        browsers: await inBrowsers(
          this.urlOf(found.request),
          found.request,
          found.expected,
          // What caches do is nothing that a browser sees in one response.
          difference.headers.includes('vary') ? found.expected : found.received,
        ),
      })),
    );
    differences.sort(
      (one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || one.rank - other.rank,
    );
    const { sent, unanswered, cutShort } = this;
    return { differences, sent, unanswered, ...(cutShort !== undefined && { cutShort }) };
  }

  private async check({ request, expectation }: Asked): Promise<Shown[]> {
    const received = (await this.ask(request)) ?? (await this.ask(request));
    if (received === undefined) {
      this.unanswered += 1;
      return [];
    }
    const { expected, question } = expectation;
    const compare = (response: ReceivedResponse) => compareAnswers(expected, response, question);
    const first = compare(received);
    if (first.length === 0) return [];
    // Once more: of several servers behind one name, one may be older.
    const again = this.mayRepeat(first) ? ((await this.ask(request)) ?? received) : received;
    const second = compare(again);
    const both = { request, expected };
    const shown = first.map((difference) => {
      return { ...both, difference, received, isUnsteady: !isIn(difference, second) };
    });
    const late = second
      .filter((difference) => !isIn(difference, first))
      .map((difference) => ({ ...both, difference, received: again, isUnsteady: true }));
    return [...shown, ...late];
  }

  /** A server that answers everything differently is not sent twice as many requests. */
  private mayRepeat(differences: readonly Difference[]): boolean {
    return differences.some(({ kind, what }) => {
      const key = `${kind} ${what}`;
      const times = (this.repeated.get(key) ?? 0) + 1;
      this.repeated.set(key, times);
      return times <= MOST_REPEATS;
    });
  }

  private add(shown: Shown): void {
    const { difference, request, isUnsteady } = shown;
    const { kind, what, headers } = difference;
    // Which kind of origin is mistaken for which is a difference of its own.
    const label = headers.includes(ALLOW_ORIGIN) ? request.witness?.label : undefined;
    const key = JSON.stringify([kind, what, request.isPreflight, label]);
    const known = this.found.get(key) ?? { ...shown, count: 0, places: new Set<string>() };
    known.count += 1;
    known.places.add(request.place);
    known.isUnsteady ||= isUnsteady;
    this.found.set(key, known);
  }

  /** Undefined: there was no answer. */
  private async ask(request: PlannedRequest): Promise<ReceivedResponse | undefined> {
    this.sent += 1;
    try {
      const response = await this.options.send({
        method: request.isPreflight ? 'OPTIONS' : request.method,
        url: this.urlOf(request),
        headers: this.headersOf(request),
        credentials: false,
      });
      this.failures = 0;
      return response;
    } catch (error) {
      this.failures += 1;
      this.lastFailure = error instanceof Error ? error.message : String(error);
      if (this.failures >= MOST_FAILURES) this.cutShort = this.lastFailure;
      return undefined;
    }
  }

  private headersOf({ isPreflight, origin, method, requestHeaders }: PlannedRequest): HeaderLines {
    const isHost = ([name]: readonly [string, string]) => name.toLowerCase() === 'host';
    const { headers } = this.options;
    return [
      ...(isPreflight ? headers.filter(isHost) : headers),
      ...(origin === undefined ? [] : [['Origin', origin] as const]),
      ...(isPreflight ? [['Access-Control-Request-Method', method] as const] : []),
      ...(requestHeaders === undefined
        ? []
        : [['Access-Control-Request-Headers', requestHeaders] as const]),
    ];
  }

  private urlOf({ target }: PlannedRequest): string {
    const { origin, pathname } = this.options.url;
    return `${origin}${pathname.replace(/\/$/, '')}${target}`;
  }
}

function isIn({ kind, what }: Difference, others: readonly Difference[]): boolean {
  return others.some((other) => other.kind === kind && other.what === what);
}

/** Where a redirect leads. */
function locationOf({ headers }: ReceivedResponse, url: string): URL | undefined {
  const location = new HeaderList(headers).get('location') ?? '';
  return URL.canParse(location, url) ? new URL(location, url) : undefined;
}
