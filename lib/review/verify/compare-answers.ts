import { HeaderList } from '../../browser/http/header-list.js';
import { isRedirectStatus } from '../../browser/http/redirects.js';
import type { ReceivedResponse } from '../../browser/index.js';
import { isSafelistedMethod } from '../../fetch/methods.js';

/** What is deployed does more than the file says, less, or the same in other words. */
export type DifferenceKind = 'looser' | 'tighter' | 'cosmetic';

/** One difference between two answers to a request. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** The most dangerous first. */
  readonly rank: number;
  /** `allows the origin, with credentials`. */
  readonly what: string;
  /** The headers that show it. */
  readonly headers: readonly string[];
}

/** What was asked. */
export interface Question {
  readonly isPreflight: boolean;
  readonly origin: string | undefined;
  readonly method: string;
  /** The headers that a preflight asks for, in lower case. */
  readonly requestHeaders: readonly string[];
  /** Whether the file allows a page of this origin the method, or the header, when it asks for it. */
  readonly allowsMethod: (method: string) => boolean;
  readonly allowsHeader: (name: string) => boolean;
}

const RANKS = {
  credentialedOrigin: 0,
  anyOrigin: 1,
  origin: 2,
  credentials: 3,
  methods: 4,
  requestHeaders: 5,
  exposed: 6,
  timing: 7,
  vary: 8,
  maxAge: 9,
  words: 10,
} as const;

export const ALLOW_ORIGIN = 'access-control-allow-origin';
const ALLOW_CREDENTIALS = 'access-control-allow-credentials';
const ALLOW_METHODS = 'access-control-allow-methods';
const ALLOW_HEADERS = 'access-control-allow-headers';
const EXPOSE_HEADERS = 'access-control-expose-headers';
const TIMING = 'timing-allow-origin';
const MAX_AGE = 'access-control-max-age';

/** What came, against what the file says would come. */
export function compareAnswers(
  expected: ReceivedResponse,
  received: ReceivedResponse,
  question: Question,
): Difference[] {
  const { isPreflight, origin } = question;
  const [due, got] = [new Answer(expected, question), new Answer(received, question)];
  const found: Difference[] = [];
  const add = (kind: DifferenceKind, rank: number, what: string, ...names: string[]) => {
    found.push({ kind, rank, what, headers: names });
  };
  if (isPreflight && isRedirectStatus(received.status) && due.isAllowed) {
    add('tighter', RANKS.origin, `redirects the preflight (${received.status})`, 'location');
  } else if (got.isAny && !due.isAny) {
    add('looser', RANKS.anyOrigin, 'allows any origin', ALLOW_ORIGIN);
  } else if (got.isAllowed && !due.isAllowed && origin !== undefined) {
    const [rank, how] = got.hasCredentials
      ? [RANKS.credentialedOrigin, ', with credentials']
      : [RANKS.origin, ''];
    add('looser', rank, `allows the origin${how}`, ALLOW_ORIGIN, ALLOW_CREDENTIALS);
  } else if (due.isAllowed && !got.isAllowed) {
    add('tighter', RANKS.origin, got.whyNotAllowed(), ALLOW_ORIGIN);
  } else if (origin !== undefined && !due.isAllowed && got.origins.length > 0) {
    add('cosmetic', RANKS.words, 'names an origin, which is not the one that asks', ALLOW_ORIGIN);
  }
  if (got.isAllowed && due.isAllowed) {
    if (got.hasCredentials && !due.hasCredentials) {
      add('looser', RANKS.credentials, 'allows credentials', ALLOW_CREDENTIALS);
    }
    if (due.hasCredentials && !got.hasCredentials) {
      add('tighter', RANKS.credentials, 'does not allow credentials', ALLOW_CREDENTIALS);
    }
    found.push(...(isPreflight ? preflightLists(due, got, question) : responseLists(due, got)));
  }
  // Of an answer that allows nobody, as it should somebody, a copy allows nobody.
  const isRefusal = due.isAllowed && got.origins.length === 0;
  if (due.isVarying && !got.isVarying && !isRefusal) {
    add('looser', RANKS.vary, 'has no `Vary: Origin`, so that caches mix up origins', 'vary');
  }
  const isAlike = due.isAllowed === got.isAllowed;
  if (isPreflight && isAlike && expected.status !== received.status) {
    add('cosmetic', RANKS.words, `answers ${received.status} for ${expected.status}`);
  }
  return found;
}

/** An answer as browsers read it. */
class Answer {
  readonly headers: HeaderList;
  readonly origins: readonly string[];
  /** Whether any origin is allowed, without credentials. */
  readonly isAny: boolean;
  /** Whether the origin that asks is allowed. */
  readonly isAllowed: boolean;
  readonly hasCredentials: boolean;
  readonly isVarying: boolean;
  private readonly isNamed: boolean;

  constructor(
    private readonly response: ReceivedResponse,
    { isPreflight, origin }: Question,
  ) {
    this.headers = new HeaderList(response.headers);
    this.origins = this.headers.values(ALLOW_ORIGIN);
    const [value] = this.origins;
    const isOne = this.origins.length === 1;
    const isOk = !isPreflight || (response.status >= 200 && response.status < 300);
    this.isNamed = isOne && (value === '*' || (origin !== undefined && value === origin));
    this.isAny = isOne && value === '*' && isOk;
    this.isAllowed = this.isNamed && isOk;
    this.hasCredentials =
      this.isAllowed && !this.isAny && this.headers.get(ALLOW_CREDENTIALS) === 'true';
    this.isVarying = this.headers.lists('vary', 'origin') || this.headers.lists('vary', '*');
  }

  whyNotAllowed(): string {
    const { status } = this.response;
    if (this.origins.length > 1) {
      return `sends \`Access-Control-Allow-Origin\` ${this.origins.length} times, which browsers refuse`;
    }
    if (this.isNamed) return `answers the preflight with status ${status}, which browsers refuse`;
    return `does not allow the origin (status ${status})`;
  }

  /** The members of a list in lower case, or as they are. */
  names(name: string, isLower: boolean): readonly string[] {
    const members = this.headers.tokens(name)?.members ?? [];
    return [...new Set(members.map((member) => (isLower ? member.toLowerCase() : member)))];
  }

  /** `*` stands for all names, except with credentials. */
  isWild(name: string): boolean {
    return !this.hasCredentials && this.names(name, false).includes('*');
  }

  get maxAge(): number {
    const text = this.headers.get(MAX_AGE) ?? '';
    // What browsers take where there is none.
    return /^\d+$/.test(text) ? Number(text) : 5;
  }

  get showsTiming(): boolean {
    const values = this.headers.get(TIMING)?.split(',') ?? [];
    const [origin] = this.origins;
    return values.some((value) => value.trim() === '*' || value.trim() === origin);
  }
}

function preflightLists(due: Answer, got: Answer, question: Question): Difference[] {
  const { method, requestHeaders, allowsMethod, allowsHeader } = question;
  const found: Difference[] = [];
  const add = (kind: DifferenceKind, rank: number, what: string, header: string) => {
    found.push({ kind, rank, what, headers: [header] });
  };
  const compare = (
    header: string,
    rank: number,
    asked: readonly string[],
    allows: (name: string) => boolean,
    nouns: readonly [one: string, many: string],
  ) => {
    const isLower = header === ALLOW_HEADERS;
    const [before, after] = [due.names(header, isLower), got.names(header, isLower)];
    const isWild = got.isWild(header);
    const extra = after.filter((name) => name !== '*' && !before.includes(name));
    const added = extra.filter((name) => !allows(name));
    const missing = before.filter((name) => !after.includes(name) && !isWild);
    const lost = missing.filter((name) => asked.includes(name));
    const earlier = found.length;
    if (isWild && !allows(ANY_NAME)) add('looser', rank, `allows any ${nouns[0]}`, header);
    if (added.length > 0) add('looser', rank, `allows ${listed(nouns, added)}`, header);
    if (lost.length > 0) add('tighter', rank, `does not allow ${listed(nouns, lost)}`, header);
    if (found.length === earlier && before.join() !== after.join()) {
      add('cosmetic', RANKS.words, `lists ${nouns[1]} differently`, header);
    }
  };
  compare(
    ALLOW_METHODS,
    RANKS.methods,
    isSafelistedMethod(method) ? [] : [method],
    (name) => isSafelistedMethod(name) || allowsMethod(name),
    ['method', 'methods'],
  );
  compare(ALLOW_HEADERS, RANKS.requestHeaders, requestHeaders, allowsHeader, [
    'request header',
    'request headers',
  ]);
  if (got.maxAge > due.maxAge) {
    const what = `lets browsers remember the preflight for ${got.maxAge} s, not ${due.maxAge} s`;
    add('looser', RANKS.maxAge, what, MAX_AGE);
  } else if (got.maxAge < due.maxAge) {
    const what = `lets browsers remember the preflight for ${got.maxAge} s only, not ${due.maxAge} s`;
    add('tighter', RANKS.maxAge, what, MAX_AGE);
  }
  return found;
}

/** Nobody has a method or a header of this name: who allows it allows any. */
const ANY_NAME = 'x-nestjs-cors-any';

function responseLists(due: Answer, got: Answer): Difference[] {
  const found: Difference[] = [];
  const add = (kind: DifferenceKind, rank: number, what: string, header: string) => {
    found.push({ kind, rank, what, headers: [header] });
  };
  const nouns = ['response header', 'response headers'] as const;
  const [before, after] = [due.names(EXPOSE_HEADERS, true), got.names(EXPOSE_HEADERS, true)];
  const wasWild = due.isWild(EXPOSE_HEADERS);
  const isWild = got.isWild(EXPOSE_HEADERS);
  const added = after.filter((name) => name !== '*' && !before.includes(name) && !wasWild);
  const lost = before.filter((name) => name !== '*' && !after.includes(name) && !isWild);
  if (isWild && !wasWild)
    add('looser', RANKS.exposed, 'exposes any response header', EXPOSE_HEADERS);
  if (added.length > 0) {
    add('looser', RANKS.exposed, `exposes ${listed(nouns, added)}`, EXPOSE_HEADERS);
  }
  if (lost.length > 0 || (wasWild && !isWild)) {
    const names = lost.length > 0 ? listed(nouns, lost) : 'every response header';
    add('tighter', RANKS.exposed, `does not expose ${names}`, EXPOSE_HEADERS);
  }
  if (got.showsTiming && !due.showsTiming) {
    add('looser', RANKS.timing, 'shows the resource timing', TIMING);
  }
  if (due.showsTiming && !got.showsTiming) {
    add('tighter', RANKS.timing, 'does not show the resource timing', TIMING);
  }
  return found;
}

function listed([one, many]: readonly [string, string], names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``).join(', ');
  return `the ${names.length === 1 ? one : many} ${quoted}`;
}
