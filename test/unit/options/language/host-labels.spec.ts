import { buildAutomaton } from '../../../../lib/options/language/build-automaton.js';
import {
  HostLabels,
  MAX_NAMES,
  type Suffix,
  WILDCARD,
} from '../../../../lib/options/language/host-labels.js';
import { Unsupported, WorkLimit } from '../../../../lib/options/language/limits.js';

function labelsIn(source: string, work = 100_000): HostLabels {
  const language = buildAutomaton({ source: `^(?:${source})$`, flags: '' });
  return new HostLabels(language, new WorkLimit(work));
}

/** The labels before a suffix that is written with its dot, in alphabetical order; or how an open one ends. */
function namesBefore(source: string, suffix: string): readonly string[] | string {
  const labels = labelsIn(source);
  const names = labels.labelsBefore(labels.statesBefore(labels.end, suffix));
  return typeof names === 'string' ? names : [...names.keys()].toSorted();
}

describe('what all hosts have in common', () => {
  test.each([
    ['https:\\/\\/app\\.example\\.com', 'app.example.com', 'app.example.com'],
    ['https:\\/\\/app\\.example\\.com:8443', 'app.example.com', 'app.example.com'],
    ['https?:\\/\\/(?:a|b)\\.example\\.com(?::\\d+)?', '', '.example.com'],
    ['http:\\/\\/app-[a-z]+\\.example\\.com', 'app-', '.example.com'],
    ['https:\\/\\/[a-z.]*example\\.com', '', 'example.com'],
    ['https:\\/\\/app\\.example\\.com(?:\\.[a-z]+)?', 'app.example.com.', ''],
    ['http:\\/\\/a1\\.example|https:\\/\\/a2\\.example', 'a', '.example'],
    ['http:\\/\\/a\\.b|https:\\/\\/a\\.b\\.c', 'a.b.c', ''],
    ['capacitor:\\/\\/localhost', '', ''],
    ['https:\\/\\/', '', ''],
    // It goes on for ever.
    ['https:\\/\\/a+', 'a'.repeat(254), 'a'],
    [`https:\\/\\/b{46}a{254}`, 'b'.repeat(46) + 'a'.repeat(208), 'a'.repeat(254)],
  ])('of %s: at the beginning %j, at the end %j', (source, start, end) => {
    const labels = labelsIn(source);
    expect([labels.commonStart, labels.commonEnd]).toEqual([start, end]);
  });
});

describe('labels', () => {
  test.each<[string, string, readonly string[] | string]>([
    ['https:\\/\\/(?:a|b|cd)\\.example', '.example', ['a', 'b', 'cd']],
    ['https?:\\/\\/(?:a|b)(?:\\.example)?:\\d+', '', ['a', 'b', 'example']],
    ['https:\\/\\/(?:x\\.)?a\\.example\\.?', '.example', ['a']],
    ['https:\\/\\/(?:x\\.)?a\\.example\\.', '.a.example', ['x']],
    ['https:\\/\\/a\\.example\\.?', '', ['example']],
    ['https:\\/\\/a\\.example', '.other', []],
    // An end that nobody has written
    ['https:\\/\\/[a-z]+-app\\.example', '.example', 'hh-app'],
    ['https:\\/\\/(?:x)*y\\.example', '.example', 'xy'],
    // 17 in one place
    ['https:\\/\\/[a-q]\\.example', '.example', 'g'],
    ['https:\\/\\/[a-p]\\.example', '.example', Array.from('abcdefghijklmnop')],
    ['https:\\/\\/[0-9a-f]\\.example', '.example', Array.from('0123456789abcdef')],
    [`https:\\/\\/a{63}\\.example`, '.example', ['a'.repeat(63)]],
    [`https:\\/\\/a{64}\\.example`, '.example', 'a'.repeat(64)],
  ])('of %s before %j', (source, suffix, names) => {
    expect(namesBefore(source, suffix)).toEqual(names);
  });

  test('1,000 names are literal, 1,001 are not', () => {
    expect([MAX_NAMES, WILDCARD]).toEqual([1000, 17]);
    expect(namesBefore('https:\\/\\/\\d{3}\\.example', '.example')).toHaveLength(1000);
    expect(namesBefore('https:\\/\\/(?:\\d{3}|x)\\.example', '.example')).toEqual(
      expect.any(String),
    );
  });

  test('the states before a text that no host has are none', () => {
    const labels = labelsIn('https:\\/\\/a\\.example');
    expect(labels.statesBefore(labels.end, 'xyz')).toEqual([]);
    expect(labels.statesBefore(labels.end, '')).toEqual(labels.end);
  });
});

describe('all names of letters', () => {
  test.each([
    ['[a-z]+', true],
    ['.*', true],
    ['[a-z0-9-]+', true],
    ['[a-z]{3,12}', true],
    ['[a-z]{1,12}', true],
    ['[a-z]{3,11}', false],
    ['[a-z]{4,12}', false],
    ['[b-z]+', false],
    ['[a-y]+', false],
    ['(?!shop)[a-z]+', false],
    ['app-[a-z]+', false],
    ['app', false],
    // With names below
    ['[a-z]+\\.[a-z]{3,12}', true],
    ['x\\.[a-z]+', true],
  ])('%s: %s', (names, isAll) => {
    const labels = labelsIn(`https:\\/\\/${names}\\.example`);
    expect(labels.hasAllNames(labels.statesBefore(labels.end, '.example'))).toBe(isAll);
  });
});

describe('work is counted, so that no question takes long', () => {
  test.each<[string, (labels: HostLabels, end: Suffix) => unknown]>([
    ['labels', (labels, end) => labels.labelsBefore(end)],
    ['all names', (labels, end) => labels.hasAllNames(end)],
    ['states before a text', (labels, end) => labels.statesBefore(end, 'e')],
  ])('%s', (_, ask) => {
    const labels = labelsIn('https:\\/\\/[a-z]+', 0);
    const { end } = labels;
    expect(() => ask(labels, end)).toThrow(new Unsupported('too-complex'));
  });
});
