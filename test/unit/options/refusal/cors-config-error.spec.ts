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
     Expected \`maxAge\` to be an integer.`);
  });

  test('aligns numbers of different length', () => {
    const error = new CorsConfigError(Array.from({ length: 10 }, () => issue('x')));
    const lines = error.message.split('\n');
    expect([lines[2], lines[3], lines.at(-2), lines.at(-1)]).toEqual([
      '   1. x',
      '      Expected `maxAge` to be an integer.',
      '  10. x',
      '      Expected `maxAge` to be an integer.',
    ]);
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
