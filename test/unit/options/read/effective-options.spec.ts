import { mergeOptions } from '../../../../lib/options/read/effective-options.js';
import type { DeclaredOption, DeclaredOptions } from '../../../../lib/options/declared-options.js';
import { POLICY_OPTIONS } from '../../../../lib/options/policy-option-table.js';

const NOTHING: DeclaredOptions = {
  origin: undefined,
  methods: undefined,
  allowedHeaders: undefined,
  exposedHeaders: undefined,
  credentials: undefined,
  maxAge: undefined,
  timingAllowOrigin: undefined,
};

function declared<T>(value: T, declaredAt: string): DeclaredOption<T> {
  return { value, raw: value, declaredAt, precedence: 0 };
}

const all = (declaredAt: string, seconds: number): DeclaredOptions => ({
  origin: declared('*', declaredAt),
  methods: declared(['GET'], declaredAt),
  allowedHeaders: declared(['x-a'], declaredAt),
  exposedHeaders: declared(['x-b'], declaredAt),
  credentials: declared(true, declaredAt),
  maxAge: declared(seconds, declaredAt),
  timingAllowOrigin: declared(true, declaredAt),
});

const GLOBAL = all('global', 1);
const NEAR = all('near', 2);

describe('mergeOptions', () => {
  test('without layers it is the global policy', () => {
    expect(mergeOptions(GLOBAL, [])).toBe(GLOBAL);
  });

  test('a layer that writes nothing changes nothing', () => {
    expect(mergeOptions(GLOBAL, [NOTHING, NOTHING])).toEqual(GLOBAL);
  });

  test('a layer that writes everything replaces everything', () => {
    expect(mergeOptions(GLOBAL, [NOTHING, NEAR, NOTHING])).toEqual(NEAR);
  });

  test.each(POLICY_OPTIONS)('%s replaces itself only, with where it is declared', (option) => {
    const layer = { ...NOTHING, [option]: NEAR[option] };
    expect(mergeOptions(GLOBAL, [layer])).toEqual({ ...GLOBAL, [option]: NEAR[option] });
  });

  test('the nearest wins', () => {
    const onClass = {
      ...NOTHING,
      maxAge: declared(2, 'class'),
      credentials: declared(false, 'class'),
    };
    const onMethod = { ...NOTHING, maxAge: declared(3, 'method') };
    expect(mergeOptions(GLOBAL, [onClass, onMethod])).toEqual({
      ...GLOBAL,
      credentials: onClass.credentials,
      maxAge: onMethod.maxAge,
    });
  });

  test('an invalid inner value still hides the outer one', () => {
    const invalid = { ...declared(3, 'near'), value: undefined };
    expect(mergeOptions(GLOBAL, [{ ...NOTHING, maxAge: invalid }])).toEqual({
      ...GLOBAL,
      maxAge: invalid,
    });
  });

  test.each<[layers: (DeclaredOptions | false)[], merged: DeclaredOptions | false]>([
    [[false], false],
    [[NEAR, false], false],
    [[false, false], false],
    [[false, NOTHING], GLOBAL],
    [[NEAR, false, NOTHING], GLOBAL],
    [[false, NEAR], NEAR],
    [[false, NOTHING, { ...NOTHING, maxAge: NEAR.maxAge }], { ...GLOBAL, maxAge: NEAR.maxAge }],
  ])('`false` switches off, and the layer after it starts again: row %#', (layers, merged) => {
    expect(mergeOptions(GLOBAL, layers)).toEqual(merged);
  });
});
