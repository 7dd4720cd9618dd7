import { runInNewContext } from 'node:vm';
import {
  isPlainList,
  isPlainObject,
  isPlainRegExp,
  Snapshot,
} from '../../../../lib/options/read/snapshot.js';

class Settings {
  readonly origin = '*';
}
class List extends Array<string> {}
class Changing extends RegExp {}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const OTHER_REALM = runInNewContext(
  '({ object: { a: 1 }, list: [1], instance: new (class A {})() })',
);

describe('what is read, and what is refused', () => {
  test.each<[string, unknown, boolean]>([
    ['an object', {}, true],
    ['a frozen one', Object.freeze({ a: 1 }), true],
    ['one without a prototype', Object.create(null), true],
    ['one of another realm', OTHER_REALM.object, true],
    [
      'one with getters',
      {
        get a() {
          return 1;
        },
      },
      true,
    ],
    ['an instance of a class', new Settings(), false],
    ['an instance of another realm', OTHER_REALM.instance, false],
    ['one that inherits options', Object.create({ origin: '*' }), false],
    ['one that inherits from one without a prototype', Object.create(Object.create(null)), false],
    [
      'one that inherits from what looks like `Object.prototype`',
      Object.create(Object.assign(new Settings(), { isPrototypeOf: () => false })),
      false,
    ],
    ['one that inherits from a Proxy', Object.create(new Proxy(Object.prototype, {})), false],
    ['one that inherits from a revoked Proxy', Object.create(revoked({})), false],
    ['a Map', new Map([['origin', '*']]), false],
    ['a Proxy', new Proxy({ origin: '*' }, {}), false],
    ['a list', ['*'], false],
    ['a RegExp', /a/, false],
    ['a Date', new Date(0), false],
    ['a promise', Promise.resolve({}), false],
    ['a function', Object.assign(() => true, { origin: '*' }), false],
    ['null', null, false],
    ['a string', '*', false],
  ])('%s as an object of options', (_, value, isPlain) => {
    expect(isPlainObject(value)).toBe(isPlain);
  });

  test.each<[string, unknown, boolean]>([
    ['a list', ['a'], true],
    ['one of another realm', OTHER_REALM.list, true],
    ['a Proxy', new Proxy(['a'], {}), false],
    ['a class of its own', List.from(['a']), false],
    ['one that inherits from a Proxy', Object.setPrototypeOf(['a'], new Proxy([], {})), false],
    ['one that inherits from a revoked Proxy', Object.setPrototypeOf(['a'], revoked([])), false],
    ['one that inherits nothing', Object.setPrototypeOf(['a'], null), false],
    ['a Set', new Set(['a']), false],
    ['what looks like one', { 0: 'a', length: 1 }, false],
  ])('%s as a list', (_, value, isPlain) => {
    expect(isPlainList(value)).toBe(isPlain);
  });

  test.each<[string, unknown, boolean]>([
    ['a RegExp', /a/, true],
    ['a class of its own', new Changing('a'), false],
    ['one with a method of its own', Object.assign(/a/, { test: () => true }), false],
    ['what looks like one', Object.create(RegExp.prototype, { source: { value: 'a' } }), false],
    ['a Proxy', new Proxy(/a/, {}), false],
  ])('%s as a RegExp', (_, value, isPlain) => {
    expect(isPlainRegExp(value)).toBe(isPlain);
  });
});

describe('a snapshot', () => {
  test('stays as it was when what was given changes: lists, members, RegExps, nested objects', () => {
    const regexp = /^a$/;
    const list: unknown[] = ['a', regexp];
    const given = { origin: list, policies: { public: { methods: ['GET'] } } };
    const copy = new Snapshot().of(given);
    list.push('b');
    regexp.compile('.*');
    regexp.lastIndex = 5;
    given.policies.public.methods.push('PUT');
    expect(copy).toEqual({ origin: ['a', /^a$/], policies: { public: { methods: ['GET'] } } });
  });

  test('calls each getter once, and reads each member of a list once', () => {
    const reads: string[] = [];
    const list = Object.defineProperty(['a'], 0, {
      get: () => (reads.push('member') > 2 ? 'evil' : 'a'),
    });
    const given = {
      get origin() {
        reads.push('origin');
        return list;
      },
    };
    const snapshot = new Snapshot();
    expect([snapshot.of(given), snapshot.of(given), reads]).toEqual([
      { origin: ['a'] },
      { origin: ['a'] },
      ['origin', 'member'],
    ]);
  });

  test('one value written in two places is one copy, so that policies share it', () => {
    const origins = ['a'];
    const copy = new Snapshot().of({ origin: origins, policies: { x: { origin: origins } } }) as {
      origin: unknown;
      policies: { x: { origin: unknown } };
    };
    expect(copy.policies.x.origin).toBe(copy.origin);
  });

  test('drops no name: not enumerable, a symbol, __proto__', () => {
    const given = Object.defineProperty({ [Symbol('credentials')]: true }, 'methods', {
      value: ['GET'],
    });
    const parsed = JSON.parse('{ "__proto__": { "origin": "*" } }');
    const copies = [given, parsed].map((one) => new Snapshot().of(one) as object);
    expect(copies.map((copy) => Object.keys(copy))).toEqual([
      ['methods', 'Symbol(credentials)'],
      ['__proto__'],
    ]);
  });

  test('the mark of a compiled module, and the tag of a namespace object, are nobody’s options', async () => {
    const compiled = Object.defineProperty({ origin: 'a' }, '__esModule', { value: true });
    const namespace: unknown = await import('./namespace.js');
    const tagged = Object.defineProperty({ origin: 'a' }, Symbol.toStringTag, { value: 'Module' });
    const copies = [compiled, namespace, tagged].map((one) => new Snapshot().of(one) as object);
    expect(copies).toEqual([{ origin: 'a' }, { maxAge: 60 }, { origin: 'a' }]);
    expect(copies.flatMap((copy) => Reflect.ownKeys(copy))).toEqual(['origin', 'maxAge', 'origin']);
  });

  test('ends where a value contains itself', () => {
    const given: Record<string, unknown> = {};
    given['policies'] = given;
    expect(new Snapshot().of(given)).toMatchObject({ policies: {} });
    const list: unknown[] = [];
    list.push(list);
    expect(new Snapshot().of(list)).toEqual([[[[[list]]]]]);
  });

  test.each([new Settings(), new Map([['origin', '*']]), new Proxy({ origin: '*' }, {})])(
    'what is not plain stays as it is, for its check to refuse: row %#',
    (value) => {
      const copy = new Snapshot().of({ reportOnly: value, list: [value] });
      const { reportOnly, list } = copy as { reportOnly: unknown; list: unknown[] };
      expect([reportOnly === value, list[0] === value]).toEqual([true, true]);
    },
  );
});
