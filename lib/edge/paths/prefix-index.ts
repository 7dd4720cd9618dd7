/** What is known of paths, by the segments that they begin with: few have to be compared with a path. */
export class PrefixIndex<T> {
  private readonly byPrefix = new Map<string, T[]>();

  /** @param prefix segments in lower case */
  add(prefix: readonly string[], value: T): void {
    const key = prefix.map((segment) => `/${segment}`).join('');
    const list = this.byPrefix.get(key);
    if (list === undefined) this.byPrefix.set(key, [value]);
    else list.push(value);
  }

  /** Those whose prefix a path begins with, the longest first; of one prefix, in their order. */
  *candidates(path: string): Iterable<T> {
    let key = path.toLowerCase();
    for (;;) {
      yield* this.byPrefix.get(key) ?? [];
      if (key === '') return;
      key = key.slice(0, Math.max(key.lastIndexOf('/'), 0));
    }
  }
}
