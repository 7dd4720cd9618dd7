import { issuesOf } from './configuration.js';

const MANY = 500;

function many<T>(memberOf: (index: number) => T): T[] {
  return Array.from({ length: MANY }, (_, index) => memberOf(index));
}

describe('what each issue of a long list asks', () => {
  test.each<[string, (index: number) => unknown]>([
    ['empty', () => ''],
    ['not set', () => undefined],
    [
      'not set, before others',
      (index) => (index < 250 ? 'undefined' : `https://undefined:${index}`),
    ],
  ])('the whole list again, whose members are %s', (_, memberOf) => {
    const origin = many(memberOf);
    let reads = 0;
    Object.defineProperty(origin, 0, {
      get: () => {
        reads += 1;
        return memberOf(0);
      },
    });
    expect(issuesOf({ origin })).toHaveLength(MANY);
    expect(reads).toBeLessThan(10);
  });

  test('all environment variables again', () => {
    const { env } = process;
    let reads = 0;
    const ownKeys = () => {
      reads += 1;
      return Reflect.ownKeys(env);
    };
    process.env = new Proxy(env, { ownKeys });
    try {
      const origin = many((index) => `https://a${index}.com,https://b.com`);
      expect(issuesOf({ origin })).toHaveLength(MANY);
    } finally {
      process.env = env;
    }
    expect(reads).toBeLessThan(10);
  });

  test('for an unknown policy, the names of all policies', () => {
    const names = Array.from({ length: MANY }, (_, index) => `policy-${index}`);
    const [issue] = issuesOf({
      origin: 'https://app.example.com',
      policies: Object.fromEntries(names.map((name) => [name, {}])),
      paths: { '/files/*': 'nobody' },
    });
    expect(issue?.message.split('`policy-')).toHaveLength(51);
    expect(issue?.message).toMatch(/`policy-49`, … and 450 more\.$/);
  });
});
