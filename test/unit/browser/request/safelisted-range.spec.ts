import { isSafelistedRange } from '../../../../lib/browser/request/safelisted-range.js';

describe('isSafelistedRange', () => {
  it.each([
    ['bytes=0-', true],
    ['bytes=100-200', true],
    ['bytes=100-100', true],
    ['bytes=099-100', true],
    [`bytes=${'9'.repeat(40)}-1${'0'.repeat(40)}`, true],
    [`bytes=1${'0'.repeat(40)}-${'9'.repeat(40)}`, false],
    ['bytes=200-100', false],
    ['bytes=-500', false],
    ['bytes=', false],
    ['bytes=-', false],
    ['bytes=1', false],
    ['bytes=1-2,3-4', false],
    ['bytes=1-x', false],
    ['bytes= 1-2', false],
    ['bytes=1 -2', false],
    ['bytes=1- 2', false],
    ['Bytes=1-2', false],
    ['items=1-2', false],
    ['', false],
  ])('%s → %s', (value, safelisted) => {
    expect(isSafelistedRange(value)).toBe(safelisted);
  });
});
