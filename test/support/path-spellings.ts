import { fc } from './fast-check.js';

/** The ways in which the characters of a path may be sent. */
const ENCODINGS: readonly ((character: string) => string)[] = [
  (character) => character,
  (character) => character,
  (character) => character,
  encodeURIComponent,
  (character) => bytesOf(character).map(hex).join(''),
  (character) => bytesOf(character).map(hex).join('').toLowerCase(),
  (character) => bytesOf(character).map(hex).join('').replaceAll('%', '%25'),
  (character) => character.toUpperCase(),
];

/** What stands for a slash, or is no more than a slash to some server. */
const SEPARATORS = [
  '/ / / / // /./ /x/../ /x//../../ %2F %2f %252F \\ %5C %5c %255c',
  '/%2e/ /x/%2E./ /x%2F..%2F /x/..%5C /x/..;/ /%252e%252e/ ;/ ;a=b/ %3Ba/ .%20/ %00/ /..%2f /../',
].flatMap((separators) => separators.split(' '));

const BEGINNINGS = ['/', '/', '/', '/', '//', '/./', '/x/../', '//x/', '/\\x/', '/x%2F../', '/%2f'];
const ENDINGS = [
  '',
  '',
  '',
  '',
  '/',
  '?',
  '?a=/../b',
  ';',
  ';a',
  '%3F',
  '%23',
  '%00',
  '.',
  '%20',
  '/.',
  '::$DATA',
];

/** Ways to write a path, given by its segments: most of them lead somewhere else, for some server. */
export function spellingOf(segments: readonly string[]): fc.Arbitrary<string> {
  const characters = segments.flatMap((segment) => Array.from(segment));
  return fc
    .record({
      beginning: fc.constantFrom(...BEGINNINGS),
      separators: fc.array(fc.constantFrom(...SEPARATORS), {
        minLength: segments.length,
        maxLength: segments.length,
      }),
      // Most are written as they are: a path that is odd in every place is read by nobody.
      odd: fc.array(fc.nat(characters.length - 1), { maxLength: 2 }),
      encodings: fc.array(fc.constantFrom(...ENCODINGS), { minLength: 2, maxLength: 2 }),
      ending: fc.constantFrom(...ENDINGS),
    })
    .map(({ beginning, separators, odd, encodings, ending }) => {
      let position = 0;
      const written = segments.map((segment) =>
        Array.from(segment, (character) => {
          const encoding = encodings[odd.indexOf(position++)];
          return encoding === undefined ? plainly(character) : encoding(character);
        }).join(''),
      );
      return (
        beginning +
        written.map((segment, i) => (i === 0 ? '' : separators[i]) + segment).join('') +
        ending
      );
    });
}

/** As a browser sends it. */
function plainly(character: string): string {
  return new URL(`http://x/${character}`).pathname.slice(1) || character;
}

function bytesOf(character: string): number[] {
  return [...new TextEncoder().encode(character)];
}

function hex(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
