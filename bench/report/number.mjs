/** Three digits that count; a small number of things has no more than there are. */
export function number(value) {
  if (Number.isInteger(value) || Math.abs(value) >= 100) {
    return Math.round(value).toLocaleString('en');
  }
  return value.toPrecision(3);
}
