import type { Terminal } from '../terminal.js';

/** Lines of context around a change. */
const CONTEXT = 3;

type Line = readonly [' ' | '+' | '-', string];

/** A unified diff of one file. */
export function diffText(
  name: string,
  before: string,
  after: string,
  { colour }: Pick<Terminal, 'colour'>,
): string {
  const lines = compare(linesOf(before), linesOf(after));
  const shown = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(([sign]) => sign !== ' '),
  );
  const paint = (code: number, text: string) =>
    colour ? `\u001B[${code}m${text}\u001B[39m` : text;
  const output = [paint(36, `--- ${name}`), paint(36, `+++ ${name}`)];
  let [old, now] = [0, 0];
  lines.forEach(([sign, text], index) => {
    if (shown[index] === true) {
      if (shown[index - 1] !== true) {
        const end = shown.indexOf(false, index);
        const hunk = lines.slice(index, end === -1 ? undefined : end);
        output.push(paint(36, `@@ -${range(hunk, '-', old)} +${range(hunk, '+', now)} @@`));
      }
      const line = `${sign}${text}`;
      output.push(sign === ' ' ? line : paint(sign === '+' ? 32 : 31, line));
    }
    if (sign !== '+') old += 1;
    if (sign !== '-') now += 1;
  });
  return `${output.join('\n')}\n`;
}

/** The first line of a hunk and how many there are, on one side, as git writes them. */
function range(hunk: readonly Line[], side: '+' | '-', before: number): string {
  const count = hunk.filter(([sign]) => sign === ' ' || sign === side).length;
  const first = count === 0 ? before : before + 1;
  return count === 1 ? String(first) : `${first},${count}`;
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** The lines of both, by their longest common subsequence; what is equal at both ends is cut first. */
function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start])
    start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const [a, b] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const same = (all: readonly string[]): Line[] => all.map((text) => [' ', text]);
  return [
    ...same(before.slice(0, start)),
    ...changed(a, b),
    ...same(before.slice(before.length - end)),
  ];
}

/**
 * The shortest way from one to the other, by Myers: its cost grows with what differs, so that a long
 * file with few changes is cheap.
 */
function changed(a: readonly string[], b: readonly string[]): readonly Line[] {
  const steps: Map<number, number>[] = [];
  const furthest = new Map([[1, 0]]);
  const at = (map: ReadonlyMap<number, number>, k: number) => map.get(k) ?? -1;
  const isDown = (map: ReadonlyMap<number, number>, k: number, d: number) =>
    k === -d || (k !== d && at(map, k - 1) < at(map, k + 1));
  for (let d = 0; ; d += 1) {
    steps.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      let x = isDown(furthest, k, d) ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return backwards(a, b, steps, isDown);
    }
  }
}

/** Goes back along the steps that were taken. */
function backwards(
  a: readonly string[],
  b: readonly string[],
  steps: readonly ReadonlyMap<number, number>[],
  isDown: (map: ReadonlyMap<number, number>, k: number, d: number) => boolean,
): readonly Line[] {
  const lines: Line[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = steps.length - 1; d >= 0; d -= 1) {
    const before = steps[d] ?? new Map<number, number>();
    const isAdded = isDown(before, x - y, d);
    const k = isAdded ? x - y + 1 : x - y - 1;
    const from = before.get(k) ?? 0;
    while (x > Math.max(0, from) && y > Math.max(0, from - k)) {
      x -= 1;
      y -= 1;
      lines.push([' ', a[x] ?? '']);
    }
    if (d === 0) break;
    if (isAdded) lines.push(['+', b[y - 1] ?? '']);
    else lines.push(['-', a[x - 1] ?? '']);
    [x, y] = [from, from - k];
  }
  return lines.toReversed();
}
