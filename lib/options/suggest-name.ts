/** Up to that many letters may be added, dropped or changed for a name to count as misspelt. */
const MAX_DISTANCE = 2;

/** The known name that a written one most likely stands for, if there is one. */
export function suggestName(written: string, known: readonly string[]): string | undefined {
  const letters = normalize(written);
  const distances = known.map((name) => distance(letters, normalize(name)));
  const closest = Math.min(...distances);
  if (closest <= MAX_DISTANCE) return known[distances.indexOf(closest)];
  // Other libraries say `allowedMethods` and `originPatterns`.
  return known.find((name) => letters.includes(normalize(name)));
}

function normalize(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** Levenshtein distance, row by row. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let rowIndex = 0; rowIndex < from.length; rowIndex += 1) {
    const next = [rowIndex + 1];
    for (let index = 0; index < to.length; index += 1) {
      const changed = (row[index] ?? 0) + (from[rowIndex] === to[index] ? 0 : 1);
      next.push(Math.min(changed, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
