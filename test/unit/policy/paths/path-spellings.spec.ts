import {
  endOf,
  HALF_ESCAPE,
  leadsUp,
  spellingsOf,
} from '../../../../lib/policy/paths/path-spellings.js';

describe('what a path becomes before escapes are decoded', () => {
  it.each<[path: string, others: string[]]>([
    ['/a', []],
    ['/a%2Fb', []],
    ['/%2561%252f', ['/%61%2f']],
    ['/%u0061', ['/%61']],
    ['/%U00e9/%u00E9', ['/%e9/%E9']],
    ['/%u4E2Dx', ['/中x']],
    ['/%u6100', ['/愀']],
    ['/%25%u0061', ['/%%u0061', '/%25%61']],
    // `unescape` takes four digits or none.
    ['/%u006', []],
    ['/%u00g1', []],
    ['/%u', []],
    [`/${'%u0061'.repeat(8)}`, [`/${'%61'.repeat(8)}`]],
  ])('%s', (path, others) => {
    expect(spellingsOf(path)).toEqual([path, ...others]);
  });

  it('nine letters of unescape() are not followed', () => {
    expect(spellingsOf(`/${'%u0061'.repeat(9)}`)).toBeUndefined();
  });
});

/** A path of so many characters: some that mean nothing, and these behind them. */
function ofLength(length: number, end: string): string {
  return `/${'a'.repeat(length - 1 - end.length)}${end}`;
}

/** Dividers, in every spelling. */
const DIVIDERS = [
  '/',
  '\\',
  ';',
  '::',
  '%2f',
  '%2F',
  '%5c',
  '%3a',
  '%3b',
  '%3f',
  '%23',
  '%00',
  '%252f',
  '%25252f',
  '%u002f',
  '%25u002f',
];
const DOTS = ['.', '..', '%2e', '%2E%2e', '%252e', '%u002e', '%20', '..%20'];

describe('whether a path may lead up', () => {
  it.each(DIVIDERS)('dots between %s', (divider) => {
    for (const dots of DOTS) {
      const paths = [
        `/a${divider}${dots}${divider}b`,
        `/a${divider}${dots}`,
        `/${dots}${divider}b`,
        `${dots}${divider}b`,
      ];
      expect([dots, ...paths.map(leadsUp)]).toEqual([dots, true, true, true, true]);
    }
  });

  it.each([
    '/',
    '/a',
    '/a.b',
    '/a.',
    '/a./b.',
    '/.a',
    '/..a/b.',
    '/a..',
    '/a%2e',
    '/%2ea',
    '/%61/%25',
    '/a%20/b%20c',
    '/2e/20',
    '/x2e',
    '/file20',
    'a.',
    '/a:.:b.',
    '/a.b/c.',
  ])('%s does not', (path) => {
    expect(leadsUp(path)).toBe(false);
  });

  it.each<[why: string, length: number, end: string, isUp: boolean]>([
    ['whole, of 1,024 characters', 1024, './b', false],
    ['dots at the end of a segment alone, of more', 1025, './b', true],
    ['the same, encoded', 1025, '%2e/b', true],
    ['of more, dots that end no segment', 1025, '.b', false],
    ['of more, digits that are no escape of a dot', 1025, '20', false],
    ['of more, escapes of other characters', 1025, '%61/b', false],
    ['of 2,048 characters, escapes of other characters', 2048, '%61/b', false],
    ['any escape, of more', 2049, '%61/b', true],
    ['of more, dots that begin no segment', 2049, './b', false],
    ['of more, a dot behind a slash', 2049, '/.b', true],
    ['of more, the second dot behind a slash', 2049, 'a.b/.c', true],
    ['of more, 64 dots', 2049, 'a.'.repeat(64), false],
    ['of more, 65 dots', 2049, 'a.'.repeat(65), true],
    ['of more, nothing', 2049, '', false],
  ])('what is looked for: %s', (_, length, end, isUp) => {
    const path = ofLength(length, end);
    expect([path.length, leadsUp(path)]).toEqual([length, isUp]);
  });

  it.each(DIVIDERS.filter((divider) => !divider.startsWith('%25')))(
    'of more than 1,024 characters, dots before %s',
    (divider) => {
      for (const dots of DOTS.filter((each) => !each.startsWith('%25'))) {
        expect([dots, leadsUp(ofLength(1100, `${dots}${divider}b`))]).toEqual([dots, true]);
      }
    },
  );

  it('of more than 1,024 characters, dots before an escape that is encoded twice', () => {
    expect(leadsUp(ofLength(1100, '.%252fb'))).toBe(true);
  });

  it.each(['/', '\\', ';', ':'])('of more than 2,048 characters, a dot behind %s', (divider) => {
    expect(leadsUp(ofLength(2100, `${divider}.a`))).toBe(true);
  });
});

describe('where a path is cut', () => {
  it.each(['%', '%2', '%C', '%u', '%u0', '%u00', '%u00e', '%U4E2'])(
    '%s is half an escape',
    (half) => {
      expect(`a${half}`.replace(HALF_ESCAPE, '')).toBe('a');
    },
  );

  it.each(['', 'a', '%20', '%2x', '%u002e', '%u00x', '%2eb', '2', 'u00'])('%j is not', (end) => {
    expect(`a${end}`.replace(HALF_ESCAPE, '')).toBe(`a${end}`);
  });
});

it.each([
  ['', 0],
  ['a', 1],
  ['ab', 2],
  ['.', 0],
  ['...', 0],
  ['a.', 1],
  ['a..', 1],
  ['a%20', 1],
  ['a%2e', 1],
  ['a%2E%20.', 1],
  ['%20%20', 0],
  ['a%20b', 5],
  ['a.b', 3],
  ['%2', 2],
  ['a%21', 4],
  ['%2f', 3],
  ['20', 2],
])('%j ends at %s without dots and spaces', (part, end) => {
  expect(endOf(part)).toBe(end);
});
