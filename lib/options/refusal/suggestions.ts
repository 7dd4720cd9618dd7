import { isLoopbackHost } from '../../fetch/origins.js';
import { parseOrigin } from '../../policy/origins/parse-origin.js';
import { type CorsConfigIssue, issueOf } from './cors-config-error.js';
import { printNames } from './own-values.js';

/** This many letters may be added, dropped or changed for a name to count as misspelt. */
const MAX_EDITS = 2;
/** Longer ones are not misspelt names, and would cost a deep recursion. */
const MAX_NAME_LENGTH = 64;
/** There may be 10,000 policies, and as many wrong names of them. */
const MOST_COMPARED = 200;

/** The known name that an unknown one most likely stands for, if there is one. */
export function suggestName(written: string, known: readonly string[]): string | undefined {
  const close = closestName(written, known);
  if (close !== undefined || written.length > MAX_NAME_LENGTH) return close;
  const letters = lettersOf(written);
  // Other libraries say `allowedMethods` and `originPatterns`.
  return known
    .slice(0, MOST_COMPARED)
    .find((name) => name.length <= MAX_NAME_LENGTH && letters.includes(lettersOf(name)));
}

/** The known name that one was misspelt from, if there is one. */
export function closestName(written: string, known: readonly string[]): string | undefined {
  if (written.length > MAX_NAME_LENGTH) return undefined;
  const letters = lettersOf(written);
  const names = known.slice(0, MOST_COMPARED).filter((name) => name.length <= MAX_NAME_LENGTH);
  for (let edits = 0; edits <= MAX_EDITS; edits += 1) {
    const close = names.find((name) => isWithin(edits, letters, lettersOf(name)));
    if (close !== undefined) return close;
  }
  return undefined;
}

function lettersOf(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** Whether that many edits turn one word into the other. */
function isWithin(edits: number, from: string, to: string): boolean {
  if (from === to) return true;
  if (from[0] === to[0]) return isWithin(edits, from.slice(1), to.slice(1));
  if (edits === 0) return false;
  return (
    isWithin(edits - 1, from.slice(1), to) ||
    isWithin(edits - 1, from, to.slice(1)) ||
    isWithin(edits - 1, from.slice(1), to.slice(1))
  );
}

/** The valid origin that a refused one most likely stands for, if there is one. */
export function suggestOrigin(text: string): string | undefined {
  const trimmed = text.trim();
  const suggestion = trimmed.includes('://') ? serialize(trimmed) : addScheme(trimmed);
  const isValid = suggestion !== undefined && typeof parseOrigin(suggestion) === 'object';
  return isValid && suggestion !== text ? suggestion : undefined;
}

/** As browsers do: lower case, punycode, canonical addresses, no default port, nothing after it. */
function serialize(text: string): string | undefined {
  // Not `URL.canParse`, which on Node.js 20 refuses `ü` as soon as it is compiled.
  try {
    const { protocol, host } = new URL(text);
    return `${protocol}//${host}`;
  } catch {
    return undefined;
  }
}

function addScheme(text: string): string | undefined {
  const https = serialize(`https://${text.replace(/^\/\//, '')}`);
  // Certificates for localhost are rare.
  const isLoopback = https !== undefined && isLoopbackHost(new URL(https).hostname);
  return isLoopback ? https.replace('https', 'http') : https;
}

/** The issue of an option that does not exist. Its value is not in the message, since it may be private. */
export function unknownOption(
  path: string,
  name: string,
  known: readonly string[],
): CorsConfigIssue {
  const suggestion = suggestName(name, known);
  const remedy =
    suggestion === undefined
      ? `The options are ${printNames(known)}.`
      : `Did you mean \`${suggestion}\`?`;
  return {
    path,
    value: name,
    reason: 'unknown-option',
    message: `Expected options that exist, got \`${name}\`. ${remedy}`,
  };
}

/** The issue of what should be the name of a policy. */
export function unknownPolicy(
  path: string,
  name: unknown,
  names: readonly string[],
): CorsConfigIssue {
  const isName = typeof name === 'string';
  return issueOf(path, 'policy', name, {
    reason: isName ? 'unknown-policy' : 'policy-name-wrong-type',
    rule: 'to be the name of one of `forRoot({ policies })`',
    remedy: isName ? adviseOnName(name, names) : listNames(names),
  });
}

function adviseOnName(name: string, names: readonly string[]): string {
  if (name.includes('://') || name === '*') {
    return 'To allow an origin, write `@Cors({ origin: … })`.';
  }
  const suggestion = suggestName(name, names);
  return suggestion === undefined ? listNames(names) : `Did you mean \`${suggestion}\`?`;
}

/** The names of the policies, as a sentence. */
export function listNames(names: readonly string[]): string {
  if (names.length === 0) return 'There are none yet.';
  return `The names are ${printNames(names)}.`;
}
