import { isToken } from '../fetch/tokens.js';

const COMMA = 0x2c;

/**
 * Adds names to a `Vary` header: what is there stays, in its order and spelling; a name that is
 * there in any case is not added again; `*` stands for everything, and so absorbs the rest.
 *
 * @returns the value to send; empty when there is nothing to say
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5
 */
export function mergeVary(
  existing: string | readonly string[] | undefined,
  names: readonly string[],
): string {
  const [first = ''] = names;
  // By far the most frequent: nothing there yet, or what this very function wrote before.
  if (names.length <= 1 && (existing === undefined || existing === first)) return first;
  const members: string[] = [];
  // Without a change the very same value, so that nobody has to set the header again.
  let kept: string | undefined;
  if (typeof existing === 'string') kept = addMembers(members, existing) ? existing : undefined;
  else if (existing !== undefined) for (const line of existing) addMembers(members, line);
  for (const name of names) if (addMember(members, name)) kept = undefined;
  if (members.includes('*')) return '*';
  return kept ?? members.join(', ');
}

/** Adds the members of one header line, and says whether all of them were new. */
function addMembers(members: string[], line: string): boolean {
  let allNew = true;
  let start = 0;
  for (let index = 0; index <= line.length; index += 1) {
    if (index < line.length && line.charCodeAt(index) !== COMMA) continue;
    const member = line.slice(start, index).trim();
    if (member !== '' && !addMember(members, member)) allNew = false;
    start = index + 1;
  }
  return allNew;
}

function addMember(members: string[], member: string): boolean {
  const lower = member.toLowerCase();
  for (const known of members) if (known.toLowerCase() === lower) return false;
  members.push(member);
  return true;
}

/**
 * `Access-Control-Expose-Headers` for an allowed origin: what the policy exposes, and what the
 * response itself exposes, each name once; `*` absorbs the rest. What is not a header name is left
 * out: browsers would ignore the whole header because of it.
 *
 * @param exposed the policy's value; empty for none
 * @param own the values that the response has
 * @param credentials whether the policy allows them: `*` is then left out, as it is refused in
 *   options, because it stands for every header only where no credentials are sent
 * @returns the value to send; empty for none
 */
export function mergeExposedHeaders(
  exposed: string,
  own: readonly string[],
  credentials: boolean,
): string {
  const names = new Map<string, string>();
  for (const line of [exposed, ...own]) {
    for (const member of line.split(',')) {
      const name = member.trim();
      const lower = name.toLowerCase();
      if (!isToken(name) || names.has(lower) || (credentials && name === '*')) continue;
      names.set(lower, name);
    }
  }
  return names.has('*') ? '*' : [...names.values()].join(', ');
}
