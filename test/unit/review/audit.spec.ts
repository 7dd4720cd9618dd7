import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../../lib/cli/run-cli.js';
import { auditPolicy } from '../../../lib/review/audit.js';
import { type Parts, policyFile, type Values } from '../../support/policy-files.js';
import { recorder } from '../cli/recorder.js';

const A = 'https://a.example.com';

async function audited(parts: Parts): Promise<string[]> {
  const findings = await auditPolicy(policyFile(parts));
  return findings.map(
    ({ level, rule, value, places }) => `${level} ${rule}: ${value} at ${places.join(' and ')}`,
  );
}

/** One route with a policy of its own; the global policy and the path give rise to nothing. */
function of(values: Values, route = 'GET /a', rest: Parts['rest'] = {}) {
  return audited({ policies: { '@Cors()': values }, routes: { [route]: '@Cors()' }, rest });
}

const regexp = (source: string, flags = '') => ({ source, flags });

describe('what a reviewer should look at', () => {
  it('nothing of exact https origins without credentials', async () => {
    expect(await of({ origin: [A] })).toEqual([]);
  });

  it.each<[string, Values, string[]]>([
    [
      'http with credentials is an error',
      { origin: [A, 'http://b.example.com'], credentials: true },
      [
        'error insecure-origin: http://b.example.com',
        `note credentialed-origins: ${A} and http://b.example.com`,
      ],
    ],
    [
      'http without credentials is a note',
      { origin: ['http://*.example.com'] },
      ['note insecure-origin: http://*.example.com'],
    ],
    [
      'http within a RegExp',
      { origin: [regexp('^https?:\\/\\/a\\.example\\.com$')] },
      ['note insecure-origin: /^https?:\\/\\/a\\.example\\.com$/'],
    ],
    ['http of this machine is not insecure', { origin: ['http://localhost:3000'] }, []],
    [
      'a public suffix with credentials is an error, and a pattern',
      { origin: ['https://*.github.io'], credentials: true },
      [
        'error public-suffix: https://*.github.io',
        'warning credentialed-pattern: https://*.github.io',
        'note credentialed-origins: https://*.github.io',
      ],
    ],
    [
      'a public suffix within a RegExp',
      { origin: [regexp('^https:\\/\\/[a-z]+\\.vercel\\.app$')] },
      ['note public-suffix: /^https:\\/\\/[a-z]+\\.vercel\\.app$/'],
    ],
    [
      'domains that a RegExp leaves open',
      { origin: [regexp('^https:\\/\\/[a-z]+example\\.com$')] },
      ['note public-suffix: /^https:\\/\\/[a-z]+example\\.com$/'],
    ],
    [
      'patterns with credentials, the widest first',
      {
        origin: [A, 'https://app-*.example.com', 'https://*.example.com:*', 'http://localhost:*'],
        credentials: true,
      },
      [
        'warning credentialed-pattern: https://app-*.example.com, https://*.example.com:* and http://localhost:*',
        `note credentialed-origins: https://*.example.com:*, https://app-*.example.com, http://localhost:* and ${A}`,
      ],
    ],
    ['patterns without credentials', { origin: ['https://*.example.com'] }, []],
    [
      'a function with credentials',
      { origin: { function: 'isPartner' }, credentials: true },
      ['warning decided-at-run-time: isPartner'],
    ],
    [
      'a class without credentials',
      { origin: { class: null } },
      ['note decided-at-run-time: the class in @Cors()'],
    ],
    ['a max-age of a working day', { origin: [A], maxAge: 28_800 }, []],
    [
      'a max-age above it',
      { origin: [A], maxAge: 28_801 },
      ['warning long-max-age: maxAge: 28801'],
    ],
    ['an origin that is off', { origin: false, credentials: true, maxAge: 86_400 }, []],
  ])('%s', async (_, values, expected) => {
    expect(await of(values)).toEqual(expected.map((line) => `${line} at GET /a`));
  });

  it.each([
    ['GET /users/:id', true],
    ['GET /api/adminPanel', true],
    ['GET /me', true],
    ['GET /:user', false],
    ['GET /usersguide', false],
  ])("'*' at %s looks private: %s", async (route, isPrivate) => {
    const expected = isPrivate ? [`warning any-origin-private: '*' at ${route}`] : [];
    expect(await of({ origin: '*' }, route)).toEqual(expected);
  });

  it("'*' at a key of paths that looks private", async () => {
    const rest = { paths: { '/private/*': '@Cors()', '/public/*': '@Cors()' } };
    expect(await audited({ policies: { '@Cors()': { origin: '*' } }, rest })).toEqual([
      "warning any-origin-private: '*' at the path `/private/*`",
    ]);
  });

  it.each([
    ['GET /users/delete', true],
    ['GET /posts/:id/resetVotes', true],
    ['POST /users/delete', false],
    ['GET /deleted', false],
  ])('%s is a GET that acts: %s', async (route, acts) => {
    const findings = (await of({ origin: [A] }, route)).filter((line) => line.includes('unsafe'));
    expect(findings).toEqual(acts ? [`warning unsafe-get: GET at ${route}`] : []);
  });

  const posts = { 'POST /a': 'forRoot()', 'ALL /b': 'forRoot()', 'PUT /c': 'forRoot()' } as const;
  const refusing = {
    application: {
      rejectDisallowed: true,
      dangerouslyAllowInsecureOrigins: false,
      dangerouslyAllowPublicSuffixes: false,
    },
  };

  it('what can be sent without a preflight: a warning where there are credentials anywhere', async () => {
    expect(await audited({ routes: posts })).toEqual([
      'note no-preflight: POST at POST /a and ALL /b',
    ]);
    const policies = { other: { credentials: true } };
    expect(await audited({ policies, routes: { ...posts, 'GET /d': 'other' } })).toEqual([
      'warning no-preflight: POST at POST /a and ALL /b',
      'note credentialed-origins: https://app.example.com at GET /d',
    ]);
  });

  it('rejectDisallowed refuses what is not allowed, and only where a policy says so', async () => {
    expect(await audited({ routes: posts, rest: refusing })).toEqual([]);
    const policies = { any: { origin: '*' } } as const;
    const routes = { 'POST /a': 'any', 'POST /b': false, 'POST /c': 'pass-through' } as const;
    expect(await audited({ policies, routes, rest: refusing })).toEqual([
      'note no-preflight: POST at POST /a and POST /c',
      'note no-preflight: POST at POST /b',
      'note passes-through: passThrough at POST /c',
    ]);
  });

  it('a POST whose response no page may read runs all the same: no less than a warning', async () => {
    const policies = { 'forRoot()': { credentials: true } };
    const file = policyFile({ policies, routes: { 'POST /hook': false } });
    const [first] = await auditPolicy(file);
    expect([first?.level, first?.sentence.split('.')[0]]).toEqual([
      'warning',
      'Any page may send a POST without a preflight, although none may read the response, written at `@Cors()`: POST /hook',
    ]);
  });

  it('the same under many policies is one line, with the places at which they are written', async () => {
    const names = ['A', 'B', 'C'].map((name) => `@Cors() on ${name}`);
    const policies = Object.fromEntries(names.map((name) => [name, { maxAge: 86_400 }]));
    const routes = Object.fromEntries(names.map((name, index) => [`GET /${index}`, name]));
    const findings = await auditPolicy(policyFile({ policies, routes }));
    expect(findings.map(({ declaredAt, places }) => ({ declaredAt, places }))).toEqual([
      { declaredAt: names, places: ['GET /0', 'GET /1', 'GET /2'] },
    ]);
    expect(findings[0]?.sentence).toContain(
      ', written at `@Cors() on A`, `@Cors() on B` and `@Cors() on C`: 3 places, GET /0,',
    );
  });

  it('the same on many routes is said once, with their number, place, requirement and remedy', async () => {
    const routes = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`GET /r${index}`, '@Cors()' as const]),
    );
    const policies = { '@Cors()': { origin: ['https://*.example.com'], credentials: true } };
    const [finding] = await auditPolicy(policyFile({ policies, routes }));
    expect(finding).toMatchObject({ rule: 'credentialed-pattern', asvs: ['3.4.2'] });
    expect(finding?.places).toHaveLength(30);
    expect(finding?.sentence).toBe(
      '`https://*.example.com` is allowed, with credentials, written at `@Cors()`: 30 places, GET /r0, GET /r1, GET /r2, GET /r3, GET /r4, GET /r5 and 24 others. Whoever takes over one name of that form acts as the visitor: list the origins that need credentials. ASVS 5.0: 3.4.2.',
    );
  });
});

describe('npx nestjs-cors audit', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'audit-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  async function run(content: string, ...args: string[]) {
    const path = join(root, 'cors.policy.json');
    writeFileSync(path, content);
    const { terminal, out, error } = recorder();
    const exitCode = await runCli(['audit', path, ...args], terminal);
    return { exitCode, out: out(), error: error(), path };
  }

  const written = (values: Values) =>
    JSON.stringify(
      policyFile({ policies: { '@Cors()': values }, routes: { 'GET /a': '@Cors()' } }),
    );

  it('prints a line for each finding and their number, and fails for a warning', async () => {
    const { exitCode, out } = await run(
      written({ origin: { class: 'Tenants' }, credentials: true }),
    );
    expect(exitCode).toBe(1);
    expect(out).toBe(
      'warning decided-at-run-time: `Tenants` decides at run time, with credentials, written at `@Cors()`: GET /a. The file does not show whom: review its code, and that it compares with a list of trusted origins. ASVS 5.0: 3.4.2.\n0 errors, 1 warning, 0 notes.\n',
    );
  });

  it('notes alone do not fail', async () => {
    const { exitCode, out } = await run(written({ origin: [A], credentials: true }));
    expect([exitCode, out.endsWith('0 errors, 0 warnings, 1 note.\n')]).toEqual([0, true]);
  });

  it('has the same as JSON, and as SARIF with its rules', async () => {
    const content = written({ origin: ['http://a.example.com'], credentials: true });
    const json = await run(content, '--json');
    const findings = await auditPolicy(JSON.parse(content) as ReturnType<typeof policyFile>);
    expect(JSON.parse(json.out)).toEqual({ version: 1, exitCode: 1, findings });
    const sarif = JSON.parse((await run(content, '--sarif')).out) as {
      runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleIndex: number }[] }[];
    };
    const [log] = sarif.runs;
    expect(log?.results).toMatchObject([
      {
        ruleId: 'cors-insecure-origin',
        level: 'error',
        message: { text: findings[0]?.sentence },
        locations: [{ logicalLocations: [{ fullyQualifiedName: '@Cors()' }] }],
      },
      { ruleId: 'cors-credentialed-origins', level: 'note' },
    ]);
    const rules = log?.tool.driver.rules ?? [];
    expect(log?.results.map(({ ruleIndex }) => rules[ruleIndex]?.id)).toEqual([
      'cors-insecure-origin',
      'cors-credentialed-origins',
    ]);
  });

  it.each([
    ['half a file', '{"schemaVersion": 1,', 'Expected JSON in'],
    ['another version', '{"schemaVersion": 2}', 'Expected `schemaVersion` 1'],
    [
      'what no browser sends',
      written({ origin: ['https://A.example.com'] }),
      'that the module accepts',
    ],
  ])('%s cannot be read: exit code 2', async (_, content, message) => {
    const { exitCode, out, error } = await run(content);
    expect([exitCode, out, error.includes(message)]).toEqual([2, '', true]);
  });
});
