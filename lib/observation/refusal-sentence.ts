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
      return `its policy allows ${announced?.methods || 'no method beyond GET, HEAD and POST'}. Add '${loggable(method, 20)}' to \`methods\` in ${from('methods')}, or map a handler for it.`;
    case 'header-not-allowed':
      return `its policy does not allow the request headers ${loggable(missingHeaders(refusal))}. Add them to \`allowedHeaders\` in ${from('allowedHeaders')}.`;
    case 'malformed-request-headers':
      return 'its Access-Control-Request-Headers is malformed or beyond the bounds (8 kB, 128 names). No browser sends that.';
    case 'cors-disabled':
      return switchedOff(isServed ? 'there' : undefined, refusal.originFalseAt);
  }
}

function originRemedy({ origin, resolver, from }: Refusal): string {
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
  readonly method: string;
  /** `/orders/:id (OrdersController.update)`, or the path where no route serves it. */
  readonly route: string;
  /** Whether a controller serves the request; if none does, `paths` or the global policy decides. */
  readonly isServed: boolean;
  /** Where `origin: false` is written, if that switches CORS off. */
  readonly originFalseAt?: string | undefined;
  /** The origin function or resolver class that said no, if one decides. */
  readonly resolver: string | undefined;
  /** Where the option that refuses is written: `forRoot()`, `@Cors() on OrdersController`. */
  readonly from: (option: 'origin' | 'methods' | 'allowedHeaders') => string;
  /** `Access-Control-Request-Headers` of a preflight. */
  readonly requestedHeaders?: string;
  /** What the response announced. */
  readonly announced?: { readonly methods: string; readonly headers: string };
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
