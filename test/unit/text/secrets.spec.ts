import { blankSecretFields, blankSecrets, withoutSecrets } from '../../../lib/text/secrets.js';

it.each([
  ['https://a.test/x?access_token=abc&page=2', 'https://a.test/x?access_token=(not shown)&page=2'],
  ["at 'https://a.test/?b=1&key=abc' from", "at 'https://a.test/?b=1&key=(not shown)' from"],
  ['https://u:p@a.test/', 'https://(not shown)@a.test/'],
  ['https://a.test/?keyword=shoes', 'https://a.test/?keyword=shoes'],
])('blanks what is secret in %s', (text, expected) => {
  expect(blankSecrets(text)).toBe(expected);
});

it.each([
  ["-H 'authorization: Bearer abc' -X", "-H 'authorization: (not shown)"],
  ['{"access_token": "abc",\n"b": 1}', '{"access_token": (not shown)\n"b": 1}'],
  ['see https://u:p@a.test/ and the token', 'see https://(not shown)@a.test/ and the token'],
])('blanks what follows the name of a secret in %j', (text, expected) => {
  expect(blankSecretFields(text)).toBe(expected);
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
