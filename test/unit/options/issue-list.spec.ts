import type { CorsConfigIssue } from '../../../lib/options/cors-config-issue.js';
import { IssueList } from '../../../lib/options/issue-list.js';

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
