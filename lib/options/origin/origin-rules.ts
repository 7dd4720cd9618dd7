import type { BrokenRule } from '../refusal/cors-config-error.js';
import { TOO_COMPLEX } from './danger-rules.js';
import type { OriginIssue } from './read-origins.js';

const AN_ORIGIN = 'to be an origin';
const BYTE_FOR_BYTE = 'Browsers compare byte for byte, and send nothing but scheme, host and port.';
const WILDCARDS =
  "A wildcard is the whole leftmost label, `https://*.example.com`, one part of it, `https://my-app-*.example.com`, or the whole port, `http://localhost:*`; for anything else write a RegExp, or just `'*'` for any origin.";

/** Of a RegExp without anchors. */
export const ANY_MATCH = 'Otherwise it allows any origin that merely contains a match.';

/** The rule and the remedy for every reason against a member of `origin`. */
export const ORIGIN_RULES: Readonly<
  Record<OriginIssue['reason'], Pick<BrokenRule, 'rule' | 'remedy'>>
> = {
  'origin-missing': {
    rule: 'to be set',
    remedy:
      "There is no default: write the origins of your pages, such as `'https://app.example.com'`, `'*'` for any origin, or `false` for no CORS.",
  },
  'origin-undefined': {
    rule: AN_ORIGIN,
    remedy:
      'Is the environment variable it comes from set? An explicit `undefined` is not treated as a default.',
  },
  'origin-empty': {
    rule: AN_ORIGIN,
    remedy: 'Is the environment variable it comes from set?',
  },
  'origin-true': {
    rule: AN_ORIGIN,
    remedy:
      "With `true`, `enableCors()` reflects every origin. Write `'*'` for any origin without credentials, or list the origins.",
  },
  'origin-false': {
    rule: AN_ORIGIN,
    remedy:
      'To switch CORS off, `false` must be the whole value: `origin: false`. Otherwise remove it.',
  },
  'origin-callback': {
    rule: 'to be a function that returns whether the origin is allowed',
    remedy:
      'It calls its second parameter, as `enableCors()` has it; here that is the request, and what counts is what the function returns. Write `(origin) => list.includes(origin)`, or just the list.',
  },
  'origin-generator': {
    rule: 'to be a function that returns whether the origin is allowed',
    remedy:
      'A generator function returns a generator, which says neither yes nor no. Write it without `*`; it may be `async`.',
  },
  'origin-wrong-type': {
    rule: 'to be a string, a RegExp, a list of these, a function, or `false`',
    remedy: "Write an origin such as `'https://app.example.com'`.",
  },
  'origin-class-in-list': {
    rule: 'to be a string or a RegExp',
    remedy:
      'A class must be the whole value, `origin: PartnerOrigins`; let it allow the other origins as well.',
  },
  'resolver-not-injectable': {
    rule: 'to be an injectable class',
    remedy: 'Write `@Injectable()` above it, so that Nest can inject its dependencies.',
  },
  'resolver-not-provided': {
    rule: 'to be provided by a module',
    remedy: 'Add it to the `providers` of any imported module; it does not have to be exported.',
  },
  'resolver-not-singleton': {
    rule: 'to have one instance for the application',
    remedy:
      'Its answers are shared by all requests. Remove its injection scope, and read what it needs of a request in its `scope()` method.',
  },
  'origin-empty-list': {
    rule: 'to have members',
    remedy: 'List the origins, or write `origin: false` where you want no CORS.',
  },
  'origin-wildcard-among-others': {
    rule: 'to stand alone or to be removed',
    remedy:
      "`'*'` allows every origin, so the others have no effect. Remove it, or write `origin: '*'`.",
  },
  'origin-wildcard-in-domain': {
    rule: 'to have its domain written out',
    remedy:
      'Anyone can register a domain of that form. Write `https://*.example.com` for the names below your own.',
  },
  'origin-null': {
    rule: 'not to be `null`',
    remedy: 'Any page becomes `null` inside a sandboxed frame. List the origins of your pages.',
  },
  'origin-comma-joined': {
    rule: 'to be one origin',
    remedy: 'From an environment variable: `process.env.CORS_ORIGINS?.split(/[\\s,]+/)`.',
  },
  'origin-whitespace': {
    rule: 'to have no spaces or control characters',
    remedy: 'Several origins are a list.',
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
    remedy: 'Longer values are ignored in requests.',
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
    rule: 'to have a scheme that web pages use',
    remedy:
      'Write `http` or `https`, even for WebSockets: `Origin` names the page, not the connection. The origin of `file:` pages and the like is `null`.',
  },
  'origin-upper-case': { rule: 'to be in lower case', remedy: BYTE_FOR_BYTE },
  'origin-user-info': { rule: 'to have no user name or password', remedy: BYTE_FOR_BYTE },
  'origin-trailing-slash': { rule: 'to have no slash at the end', remedy: BYTE_FOR_BYTE },
  'origin-path': { rule: 'to have no path', remedy: BYTE_FOR_BYTE },
  'origin-query': { rule: 'to have no query', remedy: BYTE_FOR_BYTE },
  'origin-fragment': { rule: 'to have no fragment', remedy: BYTE_FOR_BYTE },
  'origin-non-ascii-host': {
    rule: 'to have its host in punycode',
    remedy: 'That is how browsers send it: `https://xn--…`.',
  },
  'origin-invalid-host': {
    rule: 'to have a valid host',
    remedy: 'A label has 1 to 63 letters, digits, `-` or `_`, and valid punycode after `xn--`.',
  },
  'origin-invalid-ip': {
    rule: 'to have its IP address in the form browsers send',
    remedy: 'IPv4 is four decimal numbers; IPv6 is compressed, in brackets and in lower case.',
  },
  'origin-invalid-port': {
    rule: 'to have a port from 1 to 65535 without leading zeros',
    remedy: 'Omit it for the default port; `*` matches any port.',
  },
  'origin-default-port': {
    rule: "not to name the scheme's default port",
    remedy: 'Browsers omit it.',
  },
  'origin-wildcard-position': { rule: AN_ORIGIN, remedy: WILDCARDS },
  'origin-wildcard-ip': {
    rule: 'to have no wildcard before an IP address',
    remedy: 'Addresses have no subdomains: list each one.',
  },
  'origin-wildcard-scheme': {
    rule: 'to be exact with this scheme',
    remedy: 'Patterns work for http and https only.',
  },
  'origin-regexp-stateful': {
    rule: 'to have neither the `g` nor the `y` flag',
    remedy:
      'With either, a RegExp remembers where it stopped, so it alternates between matching and not matching.',
  },
  'origin-regexp-multiline': {
    rule: 'not to have the `m` flag',
    remedy: 'With it, `^` and `$` match at line breaks, so they anchor nothing.',
  },
  'origin-regexp-unanchored': {
    rule: 'to be anchored at both ends, in each alternative',
    remedy: `${ANY_MATCH} Write it out from scheme to port, such as \`/^https:\\/\\/(?:app|shop)\\.example\\.com$/\`.`,
  },
  'origin-regexp-matches-null': {
    rule: 'not to match `null`',
    remedy: 'Any page becomes `null` inside a sandboxed frame. Begin with `^https:\\/\\/`.',
  },
  'origin-regexp-unescaped-dot': {
    rule: 'to escape its dots',
    remedy:
      'A bare dot matches any character, so `app.example` also allows `appXexample`. Write `\\.`, or `[^]` if you mean any character.',
  },
  'origin-regexp-back-reference': {
    rule: 'to have no back references',
    remedy:
      'They depend on what a group has matched. List the possibilities, as in `(?:a\\.a|b\\.b)`.',
  },
  'origin-regexp-look-ahead-in-look-behind': {
    rule: 'not to look ahead inside a look-behind',
    remedy: 'Write the look-ahead, `\\b` or `$` beside it instead.',
  },
  'origin-regexp-class-strings': {
    rule: 'to have no strings in classes',
    remedy: 'Write alternatives: `(?:ab|c)` instead of `[\\q{ab|c}]`.',
  },
  'origin-regexp-too-complex': TOO_COMPLEX,
  'origin-regexp-dead': {
    rule: 'to match an origin that a browser can send',
    remedy: 'An origin is scheme, host and port: `https://app.example.com`.',
  },
};
