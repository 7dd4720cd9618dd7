const LONGEST = 60;

/** An option's value in few words, for a table. */
export function printValue(value: unknown): string {
  const text = Array.isArray(value) ? value.map(printOne).join(' ') : printOne(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function printOne(value: unknown): string {
  if (typeof value === 'function') return value.name === '' ? 'a function' : `${value.name}()`;
  return String(value);
}
