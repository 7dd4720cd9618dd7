/** A RegExp as it was at boot. */
export interface WrittenRegExp {
  readonly source: string;
  /** In alphabetical order, as `RegExp.prototype.flags` has them. */
  readonly flags: string;
}

const FLAGS = [
  ['d', 'hasIndices'],
  ['g', 'global'],
  ['i', 'ignoreCase'],
  ['m', 'multiline'],
  ['s', 'dotAll'],
  ['u', 'unicode'],
  ['v', 'unicodeSets'],
  ['y', 'sticky'],
] as const;

/**
 * Reads a RegExp once, from its internal slots: a subclass or an own property can answer
 * differently each time it is asked.
 *
 * @returns `undefined` for what only looks like a RegExp
 */
export function readRegExp(value: RegExp): WrittenRegExp | undefined {
  try {
    const source = readSlot(value, 'source');
    const flags = FLAGS.filter(([, name]) => readSlot(value, name) === true).map(([flag]) => flag);
    // `RegExp.prototype` has getters and no slots: `global` and the others are undefined there.
    if (typeof source !== 'string' || readSlot(value, 'global') === undefined) return undefined;
    return { source, flags: flags.join('') };
  } catch {
    return undefined;
  }
}

function readSlot(value: RegExp, name: string): unknown {
  return Reflect.get(RegExp.prototype, name, value);
}
