/** As many letters may be added, dropped or changed for a name to count as misspelt. */
const MAX_EDITS = 2;

/** The known name that a written one most likely stands for, if there is one. */
export function suggestName(written: string, known: readonly string[]): string | undefined {
  const letters = lettersOf(written);
  for (let edits = 0; edits <= MAX_EDITS; edits += 1) {
    const close = known.find((name) => isWithin(edits, letters, lettersOf(name)));
    if (close !== undefined) return close;
  }
  // Other libraries say `allowedMethods` and `originPatterns`.
  return known.find((name) => letters.includes(lettersOf(name)));
}

function lettersOf(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** Whether so many edits make the one word into the other. */
function isWithin(edits: number, from: string, to: string): boolean {
  if (from === to) return true;
  if (from !== '' && from[0] === to[0]) return isWithin(edits, from.slice(1), to.slice(1));
  if (edits === 0) return false;
  return (
    isWithin(edits - 1, from.slice(1), to) ||
    isWithin(edits - 1, from, to.slice(1)) ||
    isWithin(edits - 1, from.slice(1), to.slice(1))
  );
}
