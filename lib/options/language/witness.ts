import { accepts, type Automaton, DEAD, START, walk } from '../../policy/origins/automaton.js';
import { buildAutomaton } from './determinize.js';
import { findShortest, intersect } from './languages.js';

/** Where a choice is left, a witness is over https and has no port. */
const PREFERRED = [build('https:\\/\\/[^:]+'), build('[^:]+:\\/\\/[^:]+'), build('[^]*')];

/** Hosts of which a part is not written down. */
export interface OpenName {
  /** What they end in; empty where the top-level domain itself is not written down. */
  readonly suffix: string;
  /** How the label before it ends in one that is not written down. */
  readonly labelEnd: string;
}

/**
 * An origin of a language that a stranger can have, as readable as may be. Any of it will do, but
 * `https://evilexample.com` says at once what is wrong, and the shortest seldom does.
 */
export function pickStranger(language: Automaton, name?: OpenName): string | undefined {
  if (name === undefined) return pick(language, ['[^]*evil[^]*', '[^]*']);
  const end = name.suffix && `\\.${escape(name.suffix)}`;
  const forms =
    end === ''
      ? ['[^]*[./]evil\\.example', '[^]*evil\\.example', '[^]*evil\\.com', '[^]*evil[^.]*']
      : [`[^:]+:\\/\\/[^.]*evil[^.]*${end}\\.?`, `[^]*evil[^.]*${end}\\.?`];
  return pick(language, [...forms, `[^]*${escape(name.labelEnd)}${end}\\.?`]);
}

/** An origin over http of a language that has such. */
export function pickInsecure(language: Automaton): string | undefined {
  return pick(language, ['http:\\/\\/app\\.[^]*[^.]', '[^]*']);
}

/** Whether an origin with this host is in a language, with some scheme and port. */
export function hasHost(language: Automaton, host: string): boolean {
  return ['http://', 'https://'].some((scheme) => {
    const end = walk(language, START, scheme + host);
    return accepts(language, scheme + host) || walk(language, end, ':') !== DEAD;
  });
}

function pick(language: Automaton, forms: readonly string[]): string | undefined {
  for (const form of forms) {
    // A host is followed by a port, perhaps.
    const formed = intersect(language, build(`${form}(?::\\d+)?`));
    for (const preferred of PREFERRED) {
      const found = findShortest(intersect(formed, preferred));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function build(source: string): Automaton {
  return buildAutomaton({ source: `^(?:${source})$`, flags: '' });
}

function escape(text: string): string {
  return text.replace(/[.[\]]/g, '\\$&');
}
