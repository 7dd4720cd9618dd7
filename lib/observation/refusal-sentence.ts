import type { CorsOutcome } from '../policy/policy.js';
import { loggable } from '../text/escape.js';

/** Why a browser refuses, and what to change, in one or two sentences. */
export function refusalSentence(refusal: Refusal): string {
  const { origin, method, route } = refusal;
  const who = `${loggable(method, 20)} ${loggable(route)} from ${loggable(origin)}`;
  return `${who}: ${reasonAndFix(refusal)}`;
}

function reasonAndFix(refusal: Refusal): string {
  const { outcome, origin, method, from, announced, isServed } = refusal;
  switch (outcome) {
    case 'origin-not-allowed':
      return origin === 'null'
        ? 'the page has no origin of its own (a sandboxed frame, a file, a redirect across origins), and `null` is never allowed. Serve the page from an origin.'
        : `its policy does not allow this origin. ${originRemedy(refusal)}`;
    case 'malformed-origin':
      return "its Origin header is not an origin (scheme://host[:port], at most 512 bytes), so no list can name it. Some web views send `file://`: serve the page from an origin. Only `origin: '*'` allows it.";
    case 'method-not-allowed':
      return `its policy allows ${loggable(announced?.methods || 'no method beyond GET, HEAD and POST')}. Add '${loggable(method, 20)}' to \`methods\` in ${from('methods')}, or map a handler for it.`;
    case 'header-not-allowed':
      return `its policy does not allow the request headers ${loggable(missingHeaders(refusal))}. Add them to \`allowedHeaders\` in ${from('allowedHeaders')}.`;
    case 'malformed-request-headers':
      return 'its Access-Control-Request-Headers is malformed or beyond the bounds (8 kB, 128 names). No browser sends that.';
    case 'undecided':
      return 'the response was sent before its policy had decided: something else responded while an origin function or class was being asked (a time-out?), or the decision failed, as another line of the log says. It counts as not allowed.';
    case 'cors-disabled':
      return switchedOff(isServed ? 'there' : undefined, refusal.originFalseAt);
    case 'ambiguous-path':
      return ambiguousPath(refusal.readings);
    case 'passed-through':
      return passedThrough('there');
  }
}

function originRemedy({ origin, isProbe, resolver, hasFailed, from }: Refusal): string {
  if (isProbe) return 'It is a probe of `npx nestjs-cors`: there is nothing to change.';
  if (hasFailed)
    return `In the last minute ${resolver} failed to answer about it, which counts as no: the log says why.`;
  return resolver === undefined
    ? `If it is yours, add '${loggable(origin)}' to \`origin\` in ${from('origin')}.`
    : `If it is yours, make ${resolver} allow it: \`origin\` in ${from('origin')}.`;
}

function missingHeaders({ requestedHeaders = '', announced }: Refusal): string {
  const allowed = (announced?.headers ?? '').split(', ');
  return requestedHeaders
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && !allowed.includes(name))
    .join(', ');
}

/** A request whose response a browser hides from the page, in the server's words. */
export interface Refusal {
  readonly outcome: Exclude<CorsOutcome, 'allowed' | 'not-a-cors-request'>;
  readonly origin: string;
  /** Whether one of our own commands sent it. */
  readonly isProbe: boolean;
  readonly method: string;
  /** `/orders/:id (OrdersController.update)`, or the path where no route serves it. */
  readonly route: string;
  /** Whether a controller serves the request; if none does, `paths` or the global policy decides. */
  readonly isServed: boolean;
  /** Where `origin: false` is written, if that switches CORS off. */
  readonly originFalseAt?: string | undefined;
  /** The policies that apply to the readings of an ambiguous path, in words. */
  readonly readings: readonly string[];
  /** The origin function or resolver class that said no, if one decides. */
  readonly resolver: string | undefined;
  /** Whether that one failed to answer instead. */
  readonly hasFailed: boolean;
  /** Where the option that refuses is written: `forRoot()`, `@Cors() on OrdersController`. */
  readonly from: (option: 'origin' | 'methods' | 'allowedHeaders') => string;
  /** `Access-Control-Request-Headers` of a preflight. */
  readonly requestedHeaders?: string;
  /** What the response announced. */
  readonly announced?: { readonly methods: string; readonly headers: string };
}

/**
 * That CORS is left to a handler whose response a browser refuses.
 *
 * @param where `there`, `for ProxyController.all`
 */
export function passedThrough(where: string): string {
  return `\`@Cors({ passThrough: true })\` leaves CORS to whatever responds ${where}. Make that send the headers and answer preflights, or write a policy in \`@Cors()\`.`;
}

/**
 * What switches CORS off, and how to change that, in two sentences.
 *
 * @param where `there`, `for OrdersController.hook`; undefined where no controller serves the
 *   request, so that `paths` decides
 * @param originFalseAt where `origin: false` is written, if that is the reason
 */
export function switchedOff(where: string | undefined, originFalseAt?: string): string {
  if (originFalseAt !== undefined) {
    const nearer =
      where === undefined ? 'a policy in `paths`' : '`@Cors({ origin: … })` on the handler';
    return `CORS is off (\`origin: false\` in ${originFalseAt}). List the origins there, or write ${nearer}.`;
  }
  return where === undefined
    ? '`false` in `paths` leaves CORS to whatever responds there. Make that send the headers, or write a policy in `paths`.'
    : `\`@Cors(false)\` switches CORS off ${where}. Remove it, or write \`@Cors()\` on the handler to start again from the global policy.`;
}

/** How many policies the sentence about an ambiguous path names. */
const NAMED = 5;

/**
 * Why nothing is allowed at a path that servers read in several ways, and what to do, in two sentences.
 *
 * @param readings the policies of the readings, in words; none: there are too many readings
 */
export function ambiguousPath(readings: readonly string[]): string {
  const named = readings.slice(0, NAMED).map((reading) => loggable(reading));
  const policies =
    named.length === 0
      ? 'it has too many places of that kind'
      : `their policies differ: ${named.join(', ')}${readings.length > NAMED ? ', ...' : ''}`;
  return `servers read this path in several ways (encoded characters, dot segments, \`;\`, \`\\\`, \`//\` at the start), and ${policies}. Request the path as it is written in \`paths\`, with nothing encoded that need not be.`;
}
