/**
 * Finds the slowest of 3,000 generated RegExps that the options accept, and the origin of 511 bytes that
 * it is slowest with: `node worst-regexp.mjs`. Sends both to the parent.
 */
import { decider } from '../work/decide.mjs';
import { fresh } from '../work/fresh.mjs';
import { generatedRegExps } from '../work/generated-regexps.mjs';
import { cpuTime, report } from './resources.mjs';

const COUNT = 3000;
const BYTES = 511;
const SCHEME = 'https://';
/** What stands at the end of the others, so that a RegExp learns only there that it fails. */
const ENDS = ['', '.example.com', '.example.com:80', '!'];
const MIDDLES = ['a', 'ab', 'a.', 'a-', '1', 'abc.b-1.'];
const ORIGINS = MIDDLES.flatMap((middle) => ENDS.map((end) => originOf(middle, end)));
/** The first look is short; those that were slowest get a second, longer one. */
const LOOKS = [
  { passes: 20, kept: 50 },
  { passes: 2000, kept: 1 },
];

report(search());

function search() {
  let found = acceptedDeciders();
  for (const { passes, kept } of LOOKS) {
    found = found
      .map((one) => ({ ...one, ...slowest(one.decide, one.origins, passes) }))
      .toSorted((a, b) => b.time - a.time)
      .slice(0, kept)
      .map((one) => ({ ...one, origins: [one.origin] }));
  }
  const [worst] = found;
  return {
    source: worst.source,
    origin: worst.origin,
    isAllowed: worst.decide(worst.origin).includes('Access-Control-Allow-Origin'),
  };
}

function acceptedDeciders() {
  const deciders = [];
  for (let size = 2 * COUNT; ; size *= 2) {
    for (const source of generatedRegExps(size).slice(size === 2 * COUNT ? 0 : size / 2)) {
      const decide = deciderOf(source);
      if (decide !== undefined) deciders.push({ source, decide, origins: ORIGINS });
      if (deciders.length === COUNT) return deciders;
    }
  }
}

/** @returns {((origin: string) => readonly string[]) | undefined} `undefined` if it is refused at boot */
function deciderOf(source) {
  try {
    return decider({ origin: new RegExp(source) });
  } catch (error) {
    // What `forRoot()` refuses, and what V8 does: others would be ours.
    if (error.name === 'CorsConfigError' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function slowest(decide, origins, passes) {
  const timed = origins.map((origin) => {
    const inputs = Array.from({ length: passes }, () => fresh(origin));
    const before = cpuTime();
    for (const input of inputs) decide(input);
    return { origin, time: cpuTime(before) };
  });
  return timed.reduce((worst, one) => (one.time > worst.time ? one : worst));
}

function originOf(middle, end) {
  const room = BYTES - SCHEME.length - end.length;
  return `${SCHEME}${middle.repeat(room).slice(0, room)}${end}`;
}
