/** The path itself, and what else it becomes before escapes are decoded. */
export function spellingsOf(path: string): readonly string[] {
  const spellings = [path];
  // Behind a proxy that decodes, or a router that decodes twice, `%252F` is a slash too.
  if (path.includes('%25')) spellings.push(path.replaceAll('%25', '%'));
  // What `unescape` decodes besides.
  const unescaped = path.replace(/%u([\da-f]{4})/gi, (_, hex: string) =>
    hex.startsWith('00') ? `%${hex.slice(2)}` : String.fromCharCode(parseInt(hex, 16)),
  );
  if (unescaped !== path) spellings.push(unescaped);
  return spellings;
}

/** Whether a segment of a path may lead up, whoever reads it. */
export function leadsUp(path: string): boolean {
  return (path.includes('.') || path.includes('%')) && CLIMBS.test(path);
}

/** Dots and spaces alone between any two dividers, in any spelling. */
const CLIMBS =
  /(?:^|[/\\;]|::|%(?:25)*(?:u00)?(?:2f|5c|3[abf]|23|00))(?:\.|%(?:25)*(?:u00)?2[e0])+(?:[/\\;]|::|%(?:25)*(?:u00)?(?:2f|5c|3[abf]|23|00)|$)/i;

/** What is left of an escape where a path is cut: perhaps one of a dot that Windows leaves out. */
export const HALF_ESCAPE = /%(?:u[\da-f]{0,3}|[\da-f]?)$/i;

const TRAILING = ['%20', '%2e', '%2E'];

/** Where a part ends without the dots and spaces behind it, which Windows leaves out. */
export function endOf(part: string): number {
  let end = part.length;
  for (;;) {
    if (part.endsWith('.', end)) end -= 1;
    else if (TRAILING.some((escape) => part.endsWith(escape, end))) end -= 3;
    else return end;
  }
}
