/** Whether a value is an object that may hold options: neither null nor a list nor a RegExp. */
export function isOptionsObject(value: unknown): value is Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && !Array.isArray(value) && !(value instanceof RegExp);
}
