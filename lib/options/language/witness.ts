import { accepts, type Automaton, DEAD, START, walk } from '../../policy/origins/automaton.js';
import { buildAutomaton } from './determinize.js';
import { findShortest, intersect, subtract } from './languages.js';

/** Where a choice is left, a witness is over https and has no port. */
const PREFERRED = [build('https:\\/\\/[^:]+'), build('[^:]+:\\/\\/[^:]+'), build('[^]*')];

/**
 * An origin of a language that a stranger can have, as readable as may be. Any of it will do, but
 * `https://evilexample.com` says at once what is wrong, and the shortest seldom does.
 *
 * @param suffix what the host ends in; before it stands what the stranger chooses
 */
export function pickStranger(language: Automaton, suffix?: string): string | undefined {
  if (suffix === undefined) return pick(language, ['[^]*evil[^]*', '[^]*']);
  const end = escape(suffix);
  const forms =
    suffix === ''
      ? ['[^]*[./]evil\\.example', '[^]*evil\\.example', '[^]*evil\\.com', '[^]*evil[^]*']
      : [`[^:]+:\\/\\/[^.]*evil[^.]*\\.${end}\\.?`, `[^]*evil[^.]*\\.${end}\\.?`];
  return pick(language, forms) ?? pickSecond(language, end);
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

/** The shortest label is perhaps the team's own, as in `(?:x)*example`; another one is not. */
function pickSecond(language: Automaton, end: string): string | undefined {
  const form = `[^]*${end === '' ? '' : `\\.${end}`}`;
  const shortest = pick(language, [form]);
  const host = /:\/\/([^:]*)/.exec(shortest ?? '')?.[1] ?? '';
  const own = build(`[^]*[./]${escape(labelBefore(host, end))}${end && `\\.${end}`}(?::\\d+)?`);
  return pick(subtract(language, own), [form, '[^]*']) ?? shortest;
}

function labelBefore(host: string, end: string): string {
  const labels = host.replace(/\.$/, '').split('.');
  return labels.at(-1 - (end === '' ? 0 : end.split('\\.').length)) ?? '';
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
