import { mergeVary } from '../../../lib/policy/merged-lists.js';

describe('mergeVary', () => {
  test.each<[string | readonly string[] | undefined, readonly string[], string]>([
    // Nothing there
    [undefined, [], ''],
    [undefined, ['Origin'], 'Origin'],
    [undefined, ['*'], '*'],
    [undefined, ['Origin', 'Accept'], 'Origin, Accept'],
    [undefined, ['Origin', 'origin'], 'Origin'],
    ['', ['Origin'], 'Origin'],
    [' , ', ['Origin'], 'Origin'],
    [[], ['Origin'], 'Origin'],
    [[], [], ''],
    [['', ''], ['Origin'], 'Origin'],
    // Kept in order and spelling
    ['Accept-Encoding', ['Origin'], 'Accept-Encoding, Origin'],
    ['accept-ENCODING', ['Origin'], 'accept-ENCODING, Origin'],
    ['B, A', ['Origin'], 'B, A, Origin'],
    ['B,A', ['Origin'], 'B, A, Origin'],
    [['B', 'A, C'], ['Origin'], 'B, A, C, Origin'],
    [['B'], [], 'B'],
    // Already there: the value stays as it is, byte for byte
    ['Origin', ['Origin'], 'Origin'],
    ['origin', ['Origin'], 'origin'],
    ['ORIGIN', ['Origin'], 'ORIGIN'],
    ['Accept,Origin', ['Origin'], 'Accept,Origin'],
    ['Accept ,\tOrigin ,', ['Origin'], 'Accept ,\tOrigin ,'],
    ['Accept', [], 'Accept'],
    ['X-Origin', ['Origin'], 'X-Origin, Origin'],
    ['Origins', ['Origin'], 'Origins, Origin'],
    // Repeated names
    ['Accept, accept', ['Origin'], 'Accept, Origin'],
    ['Origin, Accept, origin', ['Origin'], 'Origin, Accept'],
    [['Origin', 'Origin'], ['Origin'], 'Origin'],
    // `*` absorbs
    ['*', ['Origin'], '*'],
    ['Accept, *', ['Origin'], '*'],
    [['Accept', '*'], ['Origin'], '*'],
    ['Accept', ['*'], '*'],
    ['Accept', ['Origin', '*'], '*'],
    ['*', [], '*'],
    ['*-is-a-token', ['Origin'], '*-is-a-token, Origin'],
  ])('%j and %j make %j', (existing, names, merged) => {
    expect(mergeVary(existing, names)).toBe(merged);
  });

  test('changes neither argument', () => {
    const existing = Object.freeze(['Accept']);
    const names = Object.freeze(['Origin']);
    expect(mergeVary(existing, names)).toBe('Accept, Origin');
    expect([existing, names]).toEqual([['Accept'], ['Origin']]);
  });
});
