/** What is written as YAML. Undefined members are left out. */
export type Yaml =
  string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml | undefined };

/** Lines of YAML. Texts are quoted as JSON quotes them, unless they are plain words. */
export function yamlLines(value: Yaml): readonly string[] {
  if (isList(value)) return value.flatMap((one) => withMark(yamlLines(one)));
  if (typeof value !== 'object') return [scalar(value)];
  return Object.entries(value).flatMap(([key, one]) => {
    if (one === undefined) return [];
    const name = scalar(key);
    if (typeof one !== 'object') return [`${name}: ${scalar(one)}`];
    const isEmpty = isList(one) ? one.length === 0 : Object.keys(one).length === 0;
    if (isEmpty) return [`${name}: ${isList(one) ? '[]' : '{}'}`];
    return [`${name}:`, ...yamlLines(one).map((line) => `  ${line}`)];
  });
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}

function withMark([first = '', ...rest]: readonly string[]): readonly string[] {
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

/** Words that are not taken for anything else, such as `no` or `1e3`. */
const PLAIN = /^(?!(?:true|false|yes|no|on|off|null|y|n)$)[A-Za-z_][\w./-]*$/i;

function scalar(value: string | number | boolean): string {
  return typeof value !== 'string' || PLAIN.test(value) ? String(value) : JSON.stringify(value);
}
