import { inspect } from 'node:util';
import {
  CorsConfigError,
  type CorsConfigIssue,
  IssueList,
} from '../../../../lib/options/refusal/cors-config-error.js';

const issue = (path: string): CorsConfigIssue => ({
  path,
  value: -1,
  reason: 'max-age-out-of-range',
  message: 'Expected `maxAge` to be an integer.',
});

describe('CorsConfigError', () => {
  test('is an error with a name', () => {
    const error = new CorsConfigError([issue('forRoot().maxAge')]);
    expect([error instanceof Error, error.name]).toEqual([true, 'CorsConfigError']);
    expect(String(error.stack).split('\n')[0]).toBe(
      'CorsConfigError: The CORS configuration is refused: 1 issue.',
    );
  });

  test('lists every issue in its message', () => {
    const error = new CorsConfigError([issue('forRoot().maxAge'), issue('@Cors() on A.b: maxAge')]);
    expect(error.message).toBe(`The CORS configuration is refused: 2 issues.

  1. forRoot().maxAge
     Expected \`maxAge\` to be an integer.

  2. @Cors() on A.b: maxAge
     Expected \`maxAge\` to be an integer.

More: https://nestjs-cors.example/refused-at-boot#max-age-out-of-range`);
  });

  test('aligns numbers of different length', () => {
    const error = new CorsConfigError(Array.from({ length: 10 }, () => issue('x')));
    const lines = error.message.split('\n');
    expect([lines[2], lines[3], lines.at(-4), lines.at(-3)]).toEqual([
      '   1. x',
      '      Expected `maxAge` to be an integer.',
      '  10. x',
      '      Expected `maxAge` to be an integer.',
    ]);
  });

  test('a hundred thousand issues of one reason make a message of 25 MB', () => {
    const wrong = Array.from({ length: 100_000 }, (_, index) =>
      issue(`forRoot().origin[${index}]`),
    );
    const other = { ...issue('forRoot().credentials'), reason: 'credentials-wrong-type' as const };
    const error = new CorsConfigError([...wrong, other]);
    const paths = error.message.split('\n').filter((line) => line.includes('. forRoot()'));
    const printed = wrong.slice(0, 20).map(({ path }, index) => {
      const number = `${index + 1}.`.padStart('100001.'.length);
      return `  ${number} ${path}`;
    });
    expect(paths).toEqual([...printed, '  100001. forRoot().credentials']);
    expect(error.message.split('\n\n').slice(-3)).toEqual([
      '  … and 99980 more of `max-age-out-of-range`',
      '  Every issue is in the `issues` of this error.',
      `More: https://nestjs-cors.example/refused-at-boot#max-age-out-of-range
      https://nestjs-cors.example/refused-at-boot#credentials-wrong-type`,
    ]);
    expect([error.issues.length, error.issues.at(-1)]).toEqual([100_001, other]);
  });

  test('20 issues of one reason are all printed', () => {
    const error = new CorsConfigError(Array.from({ length: 20 }, () => issue('x')));
    expect(error.message.match(/Expected/g)).toHaveLength(20);
    expect(error.message).not.toMatch(/ more |Every/);
  });

  test('prints its text once, without frames, wherever it is printed', () => {
    const error = new CorsConfigError([issue('forRoot().maxAge')]);
    const text = `CorsConfigError: ${error.message}`;
    expect([error.stack, inspect(error)]).toEqual([text, text]);
    expect(inspect({ cause: error }).split('Expected `maxAge`')).toHaveLength(2);
    // As Node prints an uncaught error.
    expect(inspect(error, { customInspect: false }).split('Expected `maxAge`')).toHaveLength(2);
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'CorsConfigError',
      issues: [issue('forRoot().maxAge')],
    });
  });

  test('cannot be changed, not even through the list it was made from', () => {
    const issues = [issue('a')];
    const error = new CorsConfigError(issues);
    issues.push(issue('b'));
    expect(error.issues).toEqual([issue('a')]);
    expect(Object.isFrozen(error.issues) && error.issues.every(Object.isFrozen)).toBe(true);
    expect(Object.isFrozen(issues[0])).toBe(false);
  });
});

const ISSUE: CorsConfigIssue = {
  path: 'forRoot().maxAge',
  value: -1,
  reason: 'max-age-out-of-range',
  message: 'Expected `maxAge` to be an integer.',
};

describe('IssueList', () => {
  test('keeps issues in the order in which they came', () => {
    const list = new IssueList();
    const other = { ...ISSUE, path: 'forRoot().a' };
    list.add([ISSUE]);
    list.add([]);
    list.add([other, ISSUE]);
    expect(list.all).toEqual([ISSUE, other]);
  });

  test.each<Partial<CorsConfigIssue>>([
    { path: 'forRoot().policies.a.maxAge' },
    { reason: 'max-age-not-integer' },
    { message: 'Expected something else.' },
  ])('another one is one that differs in %j', (difference) => {
    const list = new IssueList();
    list.add([ISSUE, { ...ISSUE, ...difference }, { ...ISSUE, ...difference }, { ...ISSUE }]);
    expect(list.all).toEqual([ISSUE, { ...ISSUE, ...difference }]);
  });

  test('takes more issues at once than a call can have arguments', () => {
    const list = new IssueList();
    const issues = Array.from({ length: 200_000 }, (_, index) => ({ ...ISSUE, path: `${index}` }));
    list.add(issues);
    expect(list.all.length).toBe(200_000);
  });
});
