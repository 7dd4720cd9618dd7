import { HeaderList, trimHttpWhitespace } from '../../../../lib/browser/http/header-list.js';

const list = new HeaderList([
  ['Vary', ' Origin\t'],
  ['ETag', '"1"'],
  ['vary', ' Accept ,, x-a,'],
  ['Empty', ''],
  ['Bad', 'a, b c, d/e'],
]);

describe('HeaderList', () => {
  it('keeps lines apart', () => {
    expect(list.values('VARY')).toEqual(['Origin', 'Accept ,, x-a,']);
    expect(list.values('none')).toEqual([]);
  });

  it('joins lines, and distinguishes empty from absent', () => {
    expect(list.get('Vary')).toBe('Origin, Accept ,, x-a,');
    expect(list.get('empty')).toBe('');
    expect(list.get('none')).toBeNull();
  });

  it('reads lists: skips empty members, and reports a member that is not a token', () => {
    expect(list.tokens('vary')).toEqual({ members: ['Origin', 'Accept', 'x-a'], invalid: null });
    expect(list.tokens('empty')).toEqual({ members: [], invalid: null });
    expect(list.tokens('bad')).toEqual({ members: ['a', 'b c', 'd/e'], invalid: 'b c' });
    expect(list.tokens('none')).toBeNull();
  });

  it.each([
    ['vary', 'origin', true],
    ['VARY', 'X-A', true],
    ['vary', 'x', false],
    ['vary', '', false],
    ['empty', '', false],
    ['none', 'origin', false],
  ])('%s lists %j: %s', (name, token, isListed) => {
    expect(list.lists(name, token)).toBe(isListed);
  });

  it('gives the names as Headers does', () => {
    expect(list.names()).toEqual(['bad', 'empty', 'etag', 'vary']);
  });
});

describe('trimHttpWhitespace', () => {
  it.each([
    [' \t\r\na b\n ', 'a b'],
    ['\u000ba\u00a0', '\u000ba\u00a0'],
    [' \t', ''],
    ['', ''],
  ])('%j → %j', (value, trimmed) => {
    expect(trimHttpWhitespace(value)).toBe(trimmed);
  });
});
