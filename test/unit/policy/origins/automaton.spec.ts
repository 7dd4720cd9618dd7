import {
  accepts,
  type Automaton,
  DEAD,
  START,
  walk,
} from '../../../../lib/policy/origins/automaton.js';

/** `a+`: 0 is dead, 1 the start, 2 accepts. */
const classes = new Uint8Array(128);
classes[0x61] = 1;
const automaton: Automaton = {
  classes,
  width: 2,
  next: Uint16Array.from([0, 0, 0, 2, 0, 2]),
  accepting: Uint8Array.from([0, 0, 1]),
};

test.each([
  ['', false],
  ['a', true],
  ['aaa', true],
  ['ab', false],
  ['ba', false],
  ['aé', false],
  ['é', false],
  ['a\u{1F600}', false],
  ['a\0', false],
])('%j: %s', (text, isAccepted) => {
  expect(accepts(automaton, text)).toBe(isAccepted);
});

test('a table that is not whole accepts nothing', () => {
  expect(accepts({ ...automaton, next: new Uint16Array() }, 'a')).toBe(false);
  expect(accepts({ ...automaton, accepting: new Uint8Array() }, 'a')).toBe(false);
});

test('a walk goes on from any state, and stops at the dead one', () => {
  expect(walk(automaton, START, '')).toBe(START);
  expect(walk(automaton, walk(automaton, START, 'a'), 'a')).toBe(2);
  expect(walk(automaton, DEAD, 'a'.repeat(1000))).toBe(DEAD);
  const leaky = { ...automaton, next: Uint16Array.from([2, 2, 0, 2, 0, 2]) };
  expect(accepts(leaky, 'ba')).toBe(false);
});
