import { type AllowedOrigins, writtenOrigins } from '../policy-file/allowed-origins.js';
import { type Access, allowsMethod, type Grant, namesBeyond } from './grants.js';
import { ANY_ORIGIN, type NewOrigins, type NewOriginsFinder } from './new-origins.js';

/** What has changed at a place, in words that need only the place: ` to GET /orders`. */
export interface AccessChange {
  /** `unknown`: it cannot be said; `note`: it does not count as access. */
  readonly kind: 'wider' | 'narrower' | 'unknown' | 'note';
  /** The most dangerous first. */
  readonly rank: number;
  /** `newly allows …, with credentials, to`. */
  readonly text: string;
  /** An exact origin that makes the difference, where the text does not show one. */
  readonly witness?: string;
}

const RANKS = {
  credentialedOrigins: 0,
  credentials: 1,
  origins: 2,
  methods: 3,
  requestHeaders: 4,
  exposedHeaders: 5,
  timing: 6,
  other: 7,
} as const;

/** What changes at a route, or wherever else a policy applies; `method` is `ALL` where any may be used. */
export function compareAccess(
  before: Access,
  after: Access,
  method: string,
  finder: NewOriginsFinder,
): AccessChange[] {
  const old = usable(before, method);
  const now = usable(after, method);
  if (old === 'unknown' || now === 'unknown') return [passingThrough(old, now)];
  const wider = differences(old, now, method, WIDER, finder);
  const narrower = differences(now, old, method, NARROWER, finder);
  return [...wider, ...narrower, ...notes(old, now)];
}

/** Where the handler itself answers, before or after. */
function passingThrough(old: Access, now: Access): AccessChange {
  const change = (kind: AccessChange['kind'], text: string) => ({ kind, rank: RANKS.other, text });
  if (old === now) {
    return change('note', 'leaves CORS to the handler as before, whose code is not compared, at');
  }
  if (now === 'nothing') {
    return change('narrower', 'no longer leaves CORS to the handler, and allows no origin, at');
  }
  return now === 'unknown'
    ? change('unknown', 'cannot tell what the handler allows, to which CORS now passes through, at')
    : change('unknown', 'cannot tell what the handler allowed, to which CORS passed through, at');
}

/** A route whose method no page may use grants nothing. */
function usable(access: Access, method: string): Access {
  if (typeof access !== 'object' || method === 'ALL') return access;
  return allowsMethod(access, method) ? access : 'nothing';
}

/** How a difference is said. */
interface Direction {
  readonly kind: 'wider' | 'narrower';
  readonly verb: string;
}

const WIDER: Direction = { kind: 'wider', verb: 'newly allows' };
const NARROWER: Direction = { kind: 'narrower', verb: 'no longer allows' };

/** What `to` grants beyond `from`. */
function differences(
  from: Grant | 'nothing',
  to: Grant | 'nothing',
  method: string,
  { kind, verb }: Direction,
  finder: NewOriginsFinder,
): AccessChange[] {
  if (to === 'nothing') return [];
  const withCredentials = to.credentials ? ', with credentials,' : '';
  const rank = to.credentials ? RANKS.credentialedOrigins : RANKS.origins;
  const fresh = finder.find(from === 'nothing' ? NOBODY : from.origins, to.origins);
  const certain = fresh.filter(({ isCertain }) => isCertain);
  const changes: AccessChange[] = originLines(certain).map(({ text, witness }) => ({
    kind,
    rank: text === ANY_ORIGIN ? rank - 0.5 : rank,
    text: `${verb} ${text}${withCredentials || (text.includes(', except ') ? ',' : '')} to`,
    ...(witness !== undefined && { witness }),
  }));
  const unknown = fresh.filter(({ isCertain }) => !isCertain);
  if (unknown.length > 0) {
    const texts = shorten(unknown.map(({ text }) => quoted(text)));
    const decides = to.origins.kind === 'decided';
    changes.push({
      // Who may be allowed less is not allowed more.
      kind: kind === 'wider' ? 'unknown' : 'narrower',
      rank: RANKS.other,
      text:
        kind === 'wider'
          ? `cannot tell whether ${decides ? `what ${texts} allows` : texts} was already allowed${withCredentials} to`
          : `may no longer allow ${decides ? `what ${texts} allowed` : texts}${withCredentials} to`,
    });
  }
  // For origins that are all new, nothing of the rest is a change of its own.
  if (from === 'nothing' || sharesNothing(from.origins, to.origins, certain)) return changes;
  const add = (text: string, of: number) => {
    changes.push({ kind, rank: of, text: `${verb} ${text}` });
  };
  if (to.credentials && !from.credentials) {
    add(`credentials, for ${originsText(to.origins, certain)}, to`, RANKS.credentials);
  }
  if (method === 'ALL') {
    const methods = namesBeyond(from.methods, to.methods);
    if (methods === '*') add('any method to', RANKS.methods);
    else if (methods.length > 0) add(`${named('method', methods)} to`, RANKS.methods);
  }
  const headers = namesBeyond(from.requestHeaders, to.requestHeaders);
  if (headers === '*') add('any request header to', RANKS.requestHeaders);
  else if (headers.length > 0) {
    add(`${named('request header', headers)} to`, RANKS.requestHeaders);
  }
  const exposed = namesBeyond(from.exposedHeaders, to.exposedHeaders);
  if (exposed === '*') add('pages to read any response header of', RANKS.exposedHeaders);
  else if (exposed.length > 0) {
    add(`pages to read ${named('response header', exposed)} of`, RANKS.exposedHeaders);
  }
  if (to.timing && !from.timing) add('pages to read the resource timing of', RANKS.timing);
  return changes;
}

const NOBODY: AllowedOrigins = { kind: 'none' };

/** Whether no origin was allowed before as well, as far as lists show. */
function sharesNothing(
  before: AllowedOrigins,
  after: AllowedOrigins,
  fresh: readonly NewOrigins[],
): boolean {
  if (before.kind === 'none') return true;
  if (before.kind !== 'listed' || after.kind !== 'listed') return false;
  // What is not exact may share what is neither's member.
  const isExact = after.patterns.length + after.expressions.length === 0;
  return isExact && fresh.length === after.exact.size;
}

function notes(before: Grant | 'nothing', after: Grant | 'nothing'): AccessChange[] {
  if (before === 'nothing' || after === 'nothing') return [];
  const changes: AccessChange[] = [];
  if (before.maxAge !== after.maxAge) {
    changes.push({
      kind: 'note',
      rank: RANKS.other,
      text: `changes how long browsers remember preflights from ${before.maxAge} s to ${after.maxAge} s for`,
    });
  }
  if (
    before.origins.kind === 'decided' &&
    after.origins.kind === 'decided' &&
    before.origins.by === after.origins.by
  ) {
    changes.push({
      kind: 'note',
      rank: RANKS.other,
      text: `relies on ${quoted(after.origins.by)} as before, whose code is not compared, for`,
    });
  }
  return changes;
}

/** Those with exceptions have a line each; the others share one. */
function originLines(origins: readonly NewOrigins[]): { text: string; witness?: string }[] {
  const isPlain = ({ except, witness }: NewOrigins) => except.length === 0 && !witness;
  const plain = origins.filter(isPlain);
  const lines = origins
    .filter((one) => !isPlain(one))
    .map(({ text, except, witness }) => {
      const name = text === ANY_ORIGIN ? text : quoted(text);
      const such = witness === undefined ? '' : `, such as \`${witness}\``;
      const without =
        except.length === 0 ? '' : `, except ${shorten(except.map((one) => `\`${one}\``))}`;
      return {
        text: `${name}${isPlainPattern(text) ? '' : such}${without}`,
        ...(witness !== undefined && { witness }),
      };
    });
  if (plain.length === 0) return lines;
  const texts = plain.map(({ text }) => (text === ANY_ORIGIN ? text : `\`${text}\``));
  return [{ text: shorten(texts) }, ...lines];
}

/** Of `https://*.example.com` everybody sees what it stands for. */
function isPlainPattern(text: string): boolean {
  return text === ANY_ORIGIN || !text.startsWith('/');
}

/** Who is allowed, without origins that are new altogether. */
function originsText(origins: AllowedOrigins, fresh: readonly NewOrigins[]): string {
  switch (origins.kind) {
    case 'none':
      return 'nobody';
    case 'any':
      return ANY_ORIGIN;
    case 'decided':
      return `what ${quoted(origins.by)} allows`;
    case 'listed': {
      const added = new Set(
        fresh.map(({ text }) => text).filter((text) => origins.exact.has(text)),
      );
      const others = writtenOrigins(origins).filter((text) => !added.has(text));
      return shorten(others.map(quoted));
    }
  }
}

/** A function without a name is described by its place. */
function quoted(text: string): string {
  return /^the (?:function|class) in /.test(text) ? text : `\`${text}\``;
}

function named(noun: string, names: readonly string[]): string {
  const texts = names.map(quoted);
  return `the ${noun}${names.length === 1 ? '' : 's'} ${shorten(texts)}`;
}

const SHOWN = 4;

/** `a, b and c`, and beyond a few, how many others. */
export function shorten(texts: readonly string[], shown = SHOWN): string {
  if (texts.length > shown + 1) {
    return `${texts.slice(0, shown).join(', ')} and ${texts.length - shown} others`;
  }
  return texts.length < 2
    ? texts.join('')
    : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1) ?? ''}`;
}
