import { blankSecrets, withoutSecrets } from '../../../lib/text/secrets.js';

it.each([
  ['https://a.test/x?access_token=abc&page=2', 'https://a.test/x?access_token=(not shown)&page=2'],
  ["at 'https://a.test/?b=1&key=abc' from", "at 'https://a.test/?b=1&key=(not shown)' from"],
  ['https://u:p@a.test/', 'https://(not shown)@a.test/'],
  ['https://a.test/?keyword=shoes', 'https://a.test/?keyword=shoes'],
])('blanks what is secret in %s', (text, expected) => {
  expect(blankSecrets(text)).toBe(expected);
});

it('blanks the values of secret headers', () => {
  const names = ['Authorization', 'Set-Cookie', 'X-Api-Key', 'x-csrf-token', 'Cookie'];
  expect(withoutSecrets(names.map((name) => [name, 'abc']))).toEqual(
    names.map((name) => [name, '(not shown)']),
  );
  const shown = [
    ['Access-Control-Allow-Credentials', 'true'],
    ['Vary', 'Cookie'],
    ['X-A', '1'],
  ] as const;
  expect(withoutSecrets(shown)).toEqual(shown);
});
