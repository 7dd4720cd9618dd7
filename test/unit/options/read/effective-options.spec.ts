import { POLICY_OPTIONS } from '../../../../lib/options/cors-policy-options.js';
import { mergeOptions } from '../../../../lib/options/read/effective-options.js';
import type { SourcedOption, SourcedOptions } from '../../../../lib/options/sourced-options.js';

const NOTHING: SourcedOptions = {
  origin: undefined,
  methods: undefined,
  allowedHeaders: undefined,
  exposedHeaders: undefined,
  credentials: undefined,
  maxAge: undefined,
  timingAllowOrigin: undefined,
};

function sourced<T>(value: T, source: string): SourcedOption<T> {
  return { value, written: value, source, path: `${source}.x`, nearness: 0 };
}

const all = (source: string, seconds: number): SourcedOptions => ({
  origin: sourced('*', source),
  methods: sourced(['GET'], source),
  allowedHeaders: sourced(['x-a'], source),
  exposedHeaders: sourced(['x-b'], source),
  credentials: sourced(true, source),
  maxAge: sourced(seconds, source),
  timingAllowOrigin: sourced(true, source),
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

  test.each(POLICY_OPTIONS)('%s replaces itself only, with its source', (option) => {
    const layer = { ...NOTHING, [option]: NEAR[option] };
    expect(mergeOptions(GLOBAL, [layer])).toEqual({ ...GLOBAL, [option]: NEAR[option] });
  });

  test('the nearest wins', () => {
    const onClass = {
      ...NOTHING,
      maxAge: sourced(2, 'class'),
      credentials: sourced(false, 'class'),
    };
    const onMethod = { ...NOTHING, maxAge: sourced(3, 'method') };
    expect(mergeOptions(GLOBAL, [onClass, onMethod])).toEqual({
      ...GLOBAL,
      credentials: onClass.credentials,
      maxAge: onMethod.maxAge,
    });
  });

  test('what is written but not valid hides what is outside', () => {
    const invalid = { ...sourced(3, 'near'), value: undefined };
    expect(mergeOptions(GLOBAL, [{ ...NOTHING, maxAge: invalid }])).toEqual({
      ...GLOBAL,
      maxAge: invalid,
    });
  });

  test.each<[layers: (SourcedOptions | false)[], merged: SourcedOptions | false]>([
    [[false], false],
    [[NEAR, false], false],
    [[false, false], false],
    [[false, NOTHING], GLOBAL],
    [[NEAR, false, NOTHING], GLOBAL],
    [[false, NEAR], NEAR],
    [[false, NOTHING, { ...NOTHING, maxAge: NEAR.maxAge }], { ...GLOBAL, maxAge: NEAR.maxAge }],
  ])('`false` switches off, and a nearer layer starts again: row %#', (layers, merged) => {
    expect(mergeOptions(GLOBAL, layers)).toEqual(merged);
  });
});
