import { inNode } from './in-node.js';

const SPREAD = 'return module.spread(...args)';
const PAIRED = 'return module.paired(...args, (a, b) => a / b)';

it.each([
  { what: 'one process', values: [4], median: 4, low: 4, high: 4 },
  { what: 'an odd number', values: [9, 1, 5, 3, 7], median: 5, low: 3, high: 7 },
  { what: 'an even number', values: [4, 1, 3, 2], median: 2.5, low: 1.75, high: 3.25 },
  { what: 'an outlier', values: [1, 2, 3, 4, 900], median: 3, low: 2, high: 4 },
  { what: 'digits before size', values: [10, 9, 100], median: 10, low: 9.5, high: 55 },
])('spread of $what is its median and middle half', ({ values, ...expected }) => {
  const { what: _, ...quartiles } = expected;
  expect(inNode('harness/statistics.mjs', SPREAD, values)).toEqual(quartiles);
});

it('a spread of no measurements is an error', () => {
  expect(inNode('harness/statistics.mjs', SPREAD, [])).toBe(
    'Expected at least one measurement, got none.',
  );
});

it('pairs processes that ran side by side, not sorted ones', () => {
  expect(inNode('harness/statistics.mjs', PAIRED, [2, 30, 8], [1, 10, 4])).toEqual([2, 3, 2]);
});

it('refuses to pair series of different lengths', () => {
  expect(inNode('harness/statistics.mjs', PAIRED, [1, 2], [1])).toBe(
    'Expected as many measurements of both, got 2 and 1.',
  );
});

describe('a row', () => {
  const TIMES = 'return module.times(...args)';
  const MORE = 'return module.more(...args)';
  const FIGURE = 'return module.figure(...args)';

  it('shows the median of ratios, not the ratio of medians', () => {
    const samples = { ours: [1, 20, 300], none: [2, 10, 100] };
    expect(inNode('report/row.mjs', TIMES, samples, 'none', 2)).toMatchObject({
      label: '2.00 × none (1.25 to 2.50)',
      spread: { median: 2, low: 1.25, high: 2.5 },
      target: 'at most 2 × none',
      met: true,
    });
  });

  it('misses its target just above it', () => {
    const samples = { ours: [2.01], none: [1] };
    expect(inNode('report/row.mjs', TIMES, samples, 'none', 2)).toMatchObject({ met: false });
  });

  it('shows what is added in percent, and less as less', () => {
    const samples = { ours: [103, 90, 99.99], none: [100, 100, 100] };
    expect(inNode('report/row.mjs', MORE, samples, 'none', 0.03)).toMatchObject({
      label: '+0 % over none (−5 % to +1.5 %)',
      target: 'at most +3 % over none',
      met: true,
    });
  });

  it('shows a figure on its own, and no spread where there is none', () => {
    expect(inNode('report/row.mjs', FIGURE, { ours: [5, 5] }, 'scripts', 4)).toMatchObject({
      label: '5 scripts',
      relative: false,
      target: 'at most 4 scripts',
      met: false,
    });
  });

  it.each([
    [0, '0'],
    [6, '6'],
    [0.671, '0.671'],
    [13.84, '13.8'],
    [99.96, '100'],
    [303_026.4, '303,026'],
  ])('prints %d as %s', (value, printed) => {
    expect(inNode('report/number.mjs', 'return module.number(args[0])', value)).toBe(printed);
  });

  it('has neither target nor verdict where it is for the record', () => {
    expect(inNode('report/row.mjs', FIGURE, { ours: [5] }, 'MB')).toEqual({
      name: 'MB',
      spread: { median: 5, low: 5, high: 5 },
      label: '5 MB',
      relative: false,
    });
  });
});
