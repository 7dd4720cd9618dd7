/** Reads an object's own property: nothing on `Object.prototype` may open a server. */
export function ownOption(written: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(written, name) ? written[name] : undefined;
}
