/** What is written as YAML. Undefined members are left out. */
export type Yaml =
  string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml | undefined };

/** So many parts of an object are not written twice: the second time there is a reference to the first. */
const LEAST_SHARED = 4;

/** Lines of YAML. Texts are quoted as JSON quotes them, unless they are plain words. */
export function yamlLines(value: Yaml): readonly string[] {
  return new Writer(value).lines(value);
}

class Writer {
  /** Objects that are in several places, and the names of those that are written by now. */
  private readonly shared = new Set<object>();
  private readonly names = new Map<object, string>();

  constructor(whole: Yaml) {
    const seen = new Set<object>();
    const visit = (value: Yaml): void => {
      if (typeof value !== 'object') return;
      const parts: readonly (Yaml | undefined)[] = Object.values(value);
      if (seen.has(value) && parts.length >= LEAST_SHARED) this.shared.add(value);
      if (seen.has(value)) return;
      seen.add(value);
      for (const part of parts) if (part !== undefined) visit(part);
    };
    visit(whole);
  }

  lines(value: Yaml): readonly string[] {
    if (isList(value)) return value.flatMap((one) => withMark(this.lines(one)));
    if (typeof value !== 'object') return [scalar(value)];
    return Object.entries(value).flatMap(([key, one]) =>
      one === undefined ? [] : this.member(scalar(key), one),
    );
  }

  private member(key: string, value: Yaml): readonly string[] {
    if (typeof value !== 'object') return [`${key}: ${scalar(value)}`];
    const isEmpty = Object.keys(value).length === 0;
    if (isEmpty) return [`${key}: ${isList(value) ? '[]' : '{}'}`];
    const known = this.names.get(value);
    if (known !== undefined) return [`${key}: *${known}`];
    const nested = this.lines(value).map((line) => `  ${line}`);
    if (!this.shared.has(value)) return [`${key}:`, ...nested];
    const name = `shared-${this.names.size + 1}`;
    this.names.set(value, name);
    return [`${key}: &${name}`, ...nested];
  }
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
