/** How many sets are made while something runs: each costs as much as a short list does. */
export function setsMade(run: () => void): number {
  const { Set: Original } = globalThis;
  let made = 0;
  globalThis.Set = class<T> extends Original<T> {
    constructor(values?: Iterable<T> | null) {
      super(values);
      made += 1;
    }
  };
  try {
    run();
  } finally {
    globalThis.Set = Original;
  }
  return made;
}
