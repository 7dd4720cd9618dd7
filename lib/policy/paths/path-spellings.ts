/**
 * The path itself, and what else it becomes before escapes are decoded; undefined where that is more
 * than is worth following.
 */
export function spellingsOf(path: string): readonly string[] | undefined {
  const spellings = [path];
  // Behind a proxy that decodes, or a router that decodes twice, `%252F` is a slash too.
  if (path.includes('%25')) spellings.push(path.replaceAll('%25', '%'));
  const parts = path.split(/%u(?=[\da-f]{4})/i, MOST_UNICODE + 2);
  if (parts.length > MOST_UNICODE + 1) return undefined;
  // What `unescape` decodes besides.
  if (parts.length > 1) {
    spellings.push(
      path.replace(/%u([\da-f]{4})/gi, (_, hex: string) =>
        hex.startsWith('00') ? `%${hex.slice(2)}` : String.fromCharCode(parseInt(hex, 16)),
      ),
    );
  }
  return spellings;
}

/** How many characters may be escaped as `unescape` decodes them: no browser does so. */
const MOST_UNICODE = 8;

/**
 * Whether a segment of a path may lead up, whoever reads it. Of a long path not all of that is looked
 * for: the longer it is, the sooner the answer is yes.
 */
export function leadsUp(path: string): boolean {
  if (path.length > LONG) return path.includes('%') || hasDotAhead(path);
  if (!path.includes('.') && !path.includes('%')) return false;
  return DOTS_AT_END.test(path) && (path.length > NOT_SHORT || CLIMBS.test(path));
}

/** From so many characters on, an expression over all of them would cost as much as the request. */
const NOT_SHORT = 1024;
const LONG = 2048;

/** Dots or spaces at the end of a segment. */
const DOTS_AT_END = /(?:\.|2[e0])(?:[/\\;:]|%(?:25|u|2f|5c|3[abf]|23|00)|$)/i;

/** Whether a segment of a path without escapes begins with a dot, or there are too many dots to see. */
function hasDotAhead(path: string): boolean {
  let count = 0;
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    // Before the first character there is none, which every text includes.
    if ('/\\;:'.includes(path.charAt(dot - 1)) || ++count > MOST_DOTS) return true;
  }
  return false;
}

const MOST_DOTS = 64;

/** Dots and spaces alone between any two dividers, in any spelling. */
const CLIMBS =
  /(?:^|[/\\;]|::|%(?:25)*(?:u00)?(?:2f|5c|3[abf]|23|00))(?:\.|%(?:25)*(?:u00)?2[e0])+(?:[/\\;]|::|%(?:25)*(?:u00)?(?:2f|5c|3[abf]|23|00)|$)/i;

/** What is left of an escape where a path is cut: perhaps one of a dot that Windows leaves out. */
export const HALF_ESCAPE = /%(?:u[\da-f]{0,3}|[\da-f]?)$/i;

/** Where a part ends without the dots and spaces behind it, which Windows leaves out. */
export function endOf(part: string): number {
  let end = part.length;
  for (;;) {
    if (part.charCodeAt(end - 1) === DOT) end -= 1;
    else if (/%2[0e]/i.test(part.slice(end - 3, end))) end -= 3;
    else return end;
  }
}

const DOT = 0x2e;
