import {
  printCode,
  printMembers,
  splitAdvice,
  splitList,
  Variables,
} from '../../../../lib/options/refusal/own-values.js';

const LONGEST = 'a'.repeat(120);

describe('code for a remedy', () => {
  test('is a list, unless it stands in one', () => {
    expect(printMembers(['a', /b/])).toBe("['a', /b/]");
    expect(printMembers(['a', /b/], { bare: true })).toBe("'a', /b/");
    expect(printMembers([])).toBeUndefined();
  });

  test('has at most 50 members', () => {
    const members = Array.from({ length: 51 }, () => 'a');
    expect(printMembers(members.slice(1))).toBe(`[${"'a', ".repeat(49)}'a']`);
    expect(printMembers(members)).toBeUndefined();
  });

  test('has members of at most 120 characters', () => {
    expect(printCode(LONGEST)).toBe(`'${LONGEST}'`);
    expect(printCode(`${LONGEST}a`)).toBeUndefined();
    expect(printMembers(['a', `${LONGEST}a`])).toBeUndefined();
    expect(printCode(new RegExp('a'.repeat(118)))).toBe(`/${'a'.repeat(118)}/`);
    expect(printCode(new RegExp('a'.repeat(119)))).toBeUndefined();
  });

  test('names a function, however long that is', () => {
    const allows = () => [LONGEST, 'and so on: the text of a function is not printed.', LONGEST];
    expect(printCode(allows)).toBe('function allows');
  });
});

describe('the variable of a value', () => {
  const { env } = process;
  afterEach(() => void (process.env = env));

  test.each<[Record<string, string>, string, string | undefined]>([
    [{ PAGES: '12345678' }, '12345678', 'process.env.PAGES'],
    [{ _pages2: '12345678' }, '12345678', 'process.env._pages2'],
    // Many have a value such as this.
    [{ PAGES: '1234567' }, '1234567', undefined],
    [{ PAGES: '12345678', OTHERS: '12345678' }, '12345678', undefined],
    [{ PAGES: '12345678' }, '87654321', undefined],
    // An empty one says by its name what it is for.
    [{ PAGES: '', MY_ORIGINS: '' }, '', 'process.env.MY_ORIGINS'],
    [{ PAGES: '', Cors: '' }, '', 'process.env.Cors'],
    [{ PAGES: '' }, '', undefined],
    [{ ORIGIN: '', CORS: '' }, '', undefined],
    // It is not one that code can name.
    [{ '1PAGES': '12345678' }, '12345678', undefined],
    [{ 'PAGES-1': '12345678' }, '12345678', undefined],
  ])('of %j, for %j: %s', (variables, value, name) => {
    process.env = variables;
    expect(new Variables().nameOf(value)).toBe(name);
  });

  test('says how to split it', () => {
    process.env = { PAGES: 'a.example b.example' };
    expect(splitAdvice('a.example b.example')).toBe(
      ' From the variable: `process.env.PAGES?.split(/[\\s,]+/)`.',
    );
    expect(splitAdvice('a.example,b.example')).toBe('');
  });
});

test('commas, semicolons and white space separate', () => {
  expect(splitList(' a, b;c\n\td,,e; ')).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(splitList('')).toEqual([]);
});
