import { type BrokenRule, type CorsConfigIssue, issueOf } from '../refusal/cors-config-error.js';
import { optionPath, printValue } from '../refusal/print-value.js';
import { suggestOrigin } from '../refusal/suggestions.js';
import type { MemberFault, WrittenOrigins } from './read-origins.js';

/** What a fault of `origin` says about itself; see `BrokenRule`. */
interface Advice {
  readonly rule: string;
  readonly remedy: string;
}

const AN_ORIGIN = 'to be an origin';
const BYTE_FOR_BYTE = 'Browsers compare byte for byte, and send nothing but scheme, host and port.';
const WILDCARDS =
  "A wildcard is the whole leftmost label, `https://*.example.com`, or the whole port, `http://localhost:*`; for anything else write a RegExp, or `'*'` alone for any origin.";

/** The rule and the remedy for every fault of a member of `origin`. */
export const ORIGIN_ADVICE: Readonly<Record<MemberFault['fault'], Advice>> = {
  'origin-missing': {
    rule: 'to be written',
    remedy:
      "No default opens a server: write the origins of your pages, such as `'https://app.example.com'`, or `'*'` for any origin.",
  },
  'origin-undefined': {
    rule: AN_ORIGIN,
    remedy:
      'Is the environment variable it comes from set? A written `undefined` never counts as a default.',
  },
  'origin-empty': {
    rule: AN_ORIGIN,
    remedy: 'Is the environment variable it comes from set?',
  },
  'origin-true': {
    rule: AN_ORIGIN,
    remedy:
      "`enableCors()` reflects every origin then, with credentials too. List the origins, or write `'*'` for any origin without credentials.",
  },
  'origin-false': {
    rule: AN_ORIGIN,
    remedy:
      'Leave the module out to have no CORS at all, or write `@Cors(false)` where none is wanted.',
  },
  'origin-wrong-type': {
    rule: 'to be a string, a RegExp, a list of these, or a function',
    remedy: "Write an origin such as `'https://app.example.com'`.",
  },
  'origin-class-in-list': {
    rule: 'to be a string or a RegExp',
    remedy: 'A class stands alone, `origin: PartnerOrigins`; let it allow the other origins too.',
  },
  'resolver-not-injectable': {
    rule: 'to be an injectable class',
    remedy: 'Write `@Injectable()` above it, so that Nest can give it what it depends on.',
  },
  'resolver-not-provided': {
    rule: 'to be provided by a module',
    remedy: 'Add it to the `providers` of any module that is imported; it need not be exported.',
  },
  'resolver-not-singleton': {
    rule: 'to have one instance for the application',
    remedy:
      'Its answers are shared by all requests. Leave its scope out; what it may know of a request, its `scope()` says.',
  },
  'origin-empty-list': {
    rule: 'to have members',
    remedy: 'List the origins, or write `@Cors(false)` where no CORS is wanted.',
  },
  'origin-wildcard-among-others': {
    rule: 'to stand alone, or to be left out',
    remedy:
      "`'*'` allows every origin, so the others have no effect. Write `origin: '*'`, or remove it.",
  },
  'origin-public-suffix': {
    rule: 'not to cover all names below a public suffix',
    remedy:
      'Anyone can own a name there. Write your own domain, or `dangerouslyAllowPublicSuffixes: true` if the suffix is yours.',
  },
  'origin-null': {
    rule: 'not to be `null`',
    remedy: 'Any page becomes `null` inside a sandboxed frame. List the origins of your pages.',
  },
  'origin-comma-joined': {
    rule: 'to be one origin',
    remedy: "Write a list; from an environment variable: `process.env.CORS_ORIGINS?.split(',')`.",
  },
  'origin-whitespace': {
    rule: 'to have no spaces or control characters',
    remedy: 'Several origins are written as a list.',
  },
  'origin-json-string': {
    rule: 'to be an origin without quotes or brackets',
    remedy: 'Parse it first: `JSON.parse(value)`.',
  },
  'origin-regexp-string': {
    rule: AN_ORIGIN,
    remedy: 'Write a RegExp without quotes: `/^https:\\/\\/…$/`.',
  },
  'origin-too-long': {
    rule: 'to have at most 512 characters',
    remedy: 'Longer ones are never read from a request.',
  },
  'origin-without-scheme': {
    rule: 'to begin with a scheme',
    remedy: 'An origin is scheme, host and port: `https://app.example.com`.',
  },
  'origin-invalid-scheme': {
    rule: 'to begin with a valid scheme',
    remedy: 'An origin is scheme, host and port: `https://app.example.com`.',
  },
  'origin-unusable-scheme': {
    rule: 'to have a scheme that pages have',
    remedy:
      'Write `http` or `https`, also for WebSockets: `Origin` names the page, not the connection. Pages of `file:` and the like are `null`.',
  },
  'origin-upper-case': { rule: 'to be in lower case', remedy: BYTE_FOR_BYTE },
  'origin-user-info': { rule: 'to have no user name or password', remedy: BYTE_FOR_BYTE },
  'origin-trailing-slash': { rule: 'to have no slash at the end', remedy: BYTE_FOR_BYTE },
  'origin-path': { rule: 'to have no path', remedy: BYTE_FOR_BYTE },
  'origin-query': { rule: 'to have no query', remedy: BYTE_FOR_BYTE },
  'origin-fragment': { rule: 'to have no fragment', remedy: BYTE_FOR_BYTE },
  'origin-non-ascii-host': {
    rule: 'to have its host in punycode',
    remedy: 'Browsers send it so: `https://xn--…`.',
  },
  'origin-invalid-host': {
    rule: 'to have a host that can exist',
    remedy:
      'Labels have 1 to 63 letters, digits, `-` or `_`, and valid punycode after `xn--`; no dot at the end.',
  },
  'origin-invalid-ip': {
    rule: 'to have its IP address in the form that browsers send',
    remedy: 'IPv4 is four decimal numbers, IPv6 is compressed, in brackets and in lower case.',
  },
  'origin-invalid-port': {
    rule: 'to have a port from 1 to 65535 without leading zeros',
    remedy: 'Leave it out for the default port; `*` stands for any port.',
  },
  'origin-default-port': {
    rule: "not to name the scheme's default port",
    remedy: 'Browsers leave it out.',
  },
  'origin-wildcard-position': { rule: AN_ORIGIN, remedy: WILDCARDS },
  'origin-wildcard-ip': {
    rule: 'to have no wildcard before an IP address',
    remedy: 'Addresses have no names below them: write each one.',
  },
  'origin-wildcard-scheme': {
    rule: 'to be exact with this scheme',
    remedy: 'Patterns are for http and https.',
  },
  'origin-regexp-stateful': {
    rule: 'to have neither the flag `g` nor `y`',
    remedy: 'With them a RegExp remembers where it stopped, and answers yes and no by turns.',
  },
  'origin-regexp-multiline': {
    rule: 'not to have the flag `m`',
    remedy: 'With it `^` and `$` match at the ends of lines, hence are no anchors.',
  },
  'origin-regexp-unanchored': {
    rule: 'to be anchored at both ends, in each alternative',
    remedy:
      'Otherwise it allows whatever merely contains a match. Write `^(?:…)$`, such as `/^https:\\/\\/(?:app|shop)\\.example\\.com$/`.',
  },
  'origin-regexp-matches-null': {
    rule: 'not to match `null`',
    remedy: 'Any page becomes `null` inside a sandboxed frame. Begin with `^https:\\/\\/`.',
  },
  'origin-regexp-unescaped-dot': {
    rule: 'to escape its dots',
    remedy:
      'A bare dot is any character, so that `app.example` allows `appXexample`. Write `\\.`, or `[^]` where any character is meant.',
  },
  'origin-regexp-catastrophic': {
    rule: 'to have no ambiguous repetition of a repetition',
    remedy:
      'Such as `(a+)+`: an origin that does not match can then take years to refuse. End each round in a character that the inner repetition excludes, as in `(?:[a-z0-9-]+\\.)+`.',
  },
};

/** The issues of the value of `origin` by itself. */
export function checkOrigin(source: string, { faults }: WrittenOrigins): CorsConfigIssue[] {
  return faults.map(({ option, value, fault }) =>
    issueOf(optionPath(source, option), option, value, originRule(fault, value)),
  );
}

/** The rule that a member of `origin` breaks, and what to write instead of this value. */
export function originRule(fault: MemberFault['fault'], value: unknown): BrokenRule {
  const { rule, remedy } = ORIGIN_ADVICE[fault];
  // `null` and `undefined` would make host names.
  const isName = fault === 'origin-null' || fault === 'origin-undefined';
  const suggestion = typeof value === 'string' && !isName ? suggestOrigin(value) : undefined;
  const advice =
    suggestion === undefined ? remedy : `Write \`${printValue(suggestion)}\`. ${remedy}`;
  return { reason: fault, rule, remedy: advice };
}
