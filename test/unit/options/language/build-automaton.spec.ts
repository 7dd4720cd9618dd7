import { buildAutomaton } from '../../../../lib/options/language/build-automaton.js';
import { minimize, minimizeInSteps } from '../../../../lib/options/language/minimize.js';
import type { Automaton } from '../../../../lib/policy/origins/automaton.js';

const build = (source: string) => buildAutomaton({ source: `^(?:${source})$`, flags: '' });

/** By the characters that are not in the first class. */
function classesOf(classes: Readonly<Record<string, number>>): Uint8Array {
  const columns = new Uint8Array(128);
  for (const [character, column] of Object.entries(classes)) {
    columns[character.charCodeAt(0)] = column;
  }
  return columns;
}

function table(
  classes: Readonly<Record<string, number>>,
  rows: readonly (readonly number[])[],
  accepting: readonly number[],
): Automaton {
  return {
    classes: classesOf(classes),
    width: rows[0]?.length ?? 0,
    next: Uint16Array.from(rows.flat()),
    accepting: Uint8Array.from(accepting),
  };
}

describe('the table of an expression', () => {
  test.each<[string, Automaton]>([
    [
      'a+',
      table(
        { a: 1 },
        [
          [0, 0],
          [0, 2],
          [0, 2],
        ],
        [0, 0, 1],
      ),
    ],
    [
      'ab|c',
      table(
        { a: 1, b: 2, c: 3 },
        [
          [0, 0, 0, 0],
          [0, 2, 0, 3],
          [0, 0, 3, 0],
          [0, 0, 0, 0],
        ],
        [0, 0, 0, 1],
      ),
    ],
    ['[^]*', table({}, [[0], [1]], [0, 1])],
    ['', table({}, [[0], [0]], [0, 1])],
    ['[]', table({}, [[0], [0]], [0, 0])],
  ])('/%s/', (source, expected) => {
    expect(build(source)).toEqual(expected);
  });

  test('what is written twice, and what leads nowhere, is one state', () => {
    // 2 and 3 are the same, 4 and 5 dead, nothing leads to 6; `b` and `c` do the same.
    const large = table(
      { a: 1, b: 2, c: 3 },
      [
        [0, 0, 0, 0],
        [0, 2, 3, 3],
        [4, 2, 2, 3],
        [0, 3, 3, 2],
        [4, 5, 5, 4],
        [5, 5, 5, 5],
        [0, 1, 1, 1],
      ],
      [0, 0, 1, 1, 0, 0, 1],
    );
    expect(minimize(large)).toEqual(
      table(
        { a: 1, b: 1, c: 1 },
        [
          [0, 0],
          [0, 2],
          [0, 2],
        ],
        [0, 0, 1],
      ),
    );
  });

  test('states have their numbers in the order in which they are met', () => {
    const named = table(
      { a: 1 },
      [
        [0, 0],
        [3, 2],
        [4, 0],
        [5, 0],
        [6, 0],
        [0, 6],
        [0, 0],
      ],
      [0, 0, 0, 0, 0, 0, 1],
    );
    const rows = [
      [0, 0],
      [2, 3],
      [4, 0],
      [5, 0],
      [0, 6],
      [6, 0],
      [0, 0],
    ];
    expect(minimize(named).next).toEqual(Uint16Array.from(rows.flat()));
  });

  test('classes are apart whose states only look the same in a row: 1 and 11, 11 and 1', () => {
    const OTHERS: Readonly<Record<number, readonly number[]>> = { 11: [1, 11], 12: [11, 1] };
    const rows = Array.from({ length: 14 }, (_, state) => {
      const after = state === 0 || state === 13 ? 0 : state + 1;
      return [0, after, ...(OTHERS[state] ?? [0, 0])];
    });
    const minimal = table(
      { c: 1, a: 2, b: 3 },
      rows,
      rows.map((_, state) => Number(state === 13)),
    );
    expect(minimize(minimal)).toEqual(minimal);
  });

  test('states are apart that only a long text tells apart', () => {
    expect(build('(?:a{3})*').accepting).toEqual(Uint8Array.from([0, 1, 0, 0]));
    expect(build('(?:a{6}){1,}|(?:a{4})*').accepting.length).toBe(13);
    expect(build('[ab]*a[ab]{3}').accepting.length).toBe(17);
    expect(build('[^]*(?:a[^]|b[^])').accepting.length).toBe(5);
  });
});

describe('minimising', () => {
  /** How many steps it takes. */
  function stepsOf(automaton: Automaton): number {
    const steps = minimizeInSteps(automaton);
    let count = 0;
    while (steps.next().done !== true) count += 1;
    return count;
  }

  test.each([
    'a+',
    'ab|c',
    '[^]*',
    '[ab]*a[ab]{3}',
    '(?:a{6}){1,}|(?:a{4})*',
    'https?:\\/\\/[a-z.]+',
  ])(
    'takes a step for each block, state and class of /%s/: nothing is split by the same twice',
    (source) => {
      const automaton = build(source);
      const states = automaton.accepting.length;
      // All but the dead state are blocks.
      expect(stepsOf(automaton)).toBe(states - 1 + states + automaton.width);
    },
  );
});
