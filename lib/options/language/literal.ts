import { type Automaton, DEAD, START } from '../../policy/origins/automaton.js';
import { MAX_NAMES, WILDCARD } from './host-labels.js';

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/**
 * Whether the schemes and hosts of a language are literal: finitely many, not too many, and no
 * wildcard in them. Its ports may be any.
 */
export function isLiteral({ classes, width, next, accepting }: Automaton): boolean {
  const path = new Set<number>();
  let count = 0;

  /** @param place what has been read of `scheme://[address]` */
  const read = (state: number, place: string): boolean => {
    if (accepting[state] === 1) count += 1;
    if (path.has(state) || count > MAX_NAMES) return false;
    path.add(state);
    const counts = new Map<number, number>();
    for (const character of ASCII) {
      const after = next[state * width + (classes[character.charCodeAt(0)] ?? 0)] ?? DEAD;
      if (after === DEAD) continue;
      if (character === ':' && (place === '://' || place.endsWith(']'))) {
        count += 1;
        continue;
      }
      counts.set(after, (counts.get(after) ?? 0) + 1);
      if (counts.get(after) === WILDCARD) return false;
      if (!read(after, ':/[]'.includes(character) ? place + character : place)) return false;
    }
    path.delete(state);
    return true;
  };
  return read(START, '');
}
