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
  const [old, now] = [counter(), counter()];
  lines.forEach(([sign, text], index) => {
    const isFirst = shown[index] === true && shown[index - 1] !== true;
    if (isFirst) output.push(paint(36, `@@ -${old.value + 1} +${now.value + 1} @@`));
    if (shown[index] === true) {
      const line = `${sign}${text}`;
      output.push(sign === ' ' ? line : paint(sign === '+' ? 32 : 31, line));
    }
    if (sign !== '+') old.value += 1;
    if (sign !== '-') now.value += 1;
  });
  return `${output.join('\n')}\n`;
}

function counter(): { value: number } {
  return { value: 0 };
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

function changed(a: readonly string[], b: readonly string[]): readonly Line[] {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push([' ', a[i] ?? '']);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(['-', a[i] ?? '']);
      i += 1;
    } else {
      lines.push(['+', b[j] ?? '']);
      j += 1;
    }
  }
  return lines;
}
