import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inNode } from './in-node.js';

const CHOOSE = 'return module.chooseParts(args[0] ?? undefined, args[1])';

describe('the parts of a run', () => {
  it('a quick run leaves out what takes long, and a named part is run all the same', () => {
    const all = inNode('parts.mjs', CHOOSE, null, false);
    const quick = inNode('parts.mjs', CHOOSE, null, true);
    expect(all).toEqual(expect.arrayContaining([...(quick as string[]), 'many-origins']));
    expect(quick).not.toContain('many-origins');
    expect(inNode('parts.mjs', CHOOSE, 'update,boot', true)).toEqual(['update', 'boot']);
  });

  it('names the parts there are instead of running none', () => {
    expect(inNode('parts.mjs', CHOOSE, 'preflight', false)).toMatch(
      /^Expected `--only` to name parts \(preflights, .*\), got `preflight`\.$/,
    );
  });

  it('takes nine processes, and three when quick', () => {
    const sizes = `
      const effort = (...given) => module.effortOf(...given);
      return [effort(false), effort(true), effort(true, 5)].map((it) => [it.processes, it.servers.processes]);`;
    expect(inNode('parts.mjs', sizes)).toEqual([
      [9, 9],
      [3, 3],
      [5, 5],
    ]);
  });
});

it('measures in processes of their own, in turns, and prints the verdict', () => {
  const body = `
    const { series } = module;
    const { figure, times } = await import(args[0]);
    const { table } = await import(args[1]);
    const sent = await module.runProbes(
      { ours: ['import.cjs', 'require', 'cors'], again: ['import.cjs', 'require', 'cors'] },
      2,
    );
    const samples = series(sent, ({ time }) => time);
    const checks = [figure(samples, 'µs', 0), times(samples, 'again')];
    const rows = [{ work: 'loading', unit: 'µs', samples, limit: 'again', checks }];
    const machine = { cores: 2, model: 'a CPU', node: 'v0', loadBefore: 0.25, loadAfter: 1 };
    return table({ commit: 'abc', date: '2026-11-29', machine, quick: true, effort: { processes: 2 }, rows });`;
  const file = (name: string) => pathToFileURL(join(process.cwd(), 'bench/report', name)).href;
  const printed = inNode('harness/run-probes.mjs', body, file('row.mjs'), file('table.mjs'));
  expect(printed).toContain(
    'Commit abc on 2026-11-29: CPU time on 2 cores (a CPU), Node v0; load average 0.3 before, 1.0 after',
  );
  expect(printed).toMatch(
    /\| loading \(µs\) \| [\d,]+ \|  \| again: [\d,]+ \| [\d,]+ µs( \([\d,]+ to [\d,]+\))?<br>[\d.]+ × again \([\d.]+ to [\d.]+\) \| at most 0 µs<br>– \| \*\*missed\*\*<br>– \|/,
  );
});

it('says which probe ended without measuring', () => {
  const body = `return module.runProbe(['import.cjs', 'require', 'no-such-package'])`;
  expect(inNode('harness/run-probes.mjs', body)).toBe(
    'Expected import.cjs require no-such-package to send a message, it ended with code 1.',
  );
});

describe('a comparison with an earlier run', () => {
  const COMPARE = 'return module.compareRuns(...args)';
  const MACHINE = { cores: 2, model: 'a CPU', node: 'v0' };
  const check = (low: number, high: number, relative = true) => ({
    name: '× none',
    spread: { low, high, median: (low + high) / 2 },
    label: `${low} to ${high}`,
    relative,
  });
  const run = (checks: object, machine = MACHINE) => ({
    version: '0.9.0',
    commit: 'abc',
    date: '2026-11-29',
    machine,
    effort: { processes: 9 },
    rows: Object.entries(checks).map(([work, one]) => ({ work, checks: [one] })),
  });

  it('names what is beyond the spread, in both directions, and nothing else', () => {
    const before = run({ a: check(1, 2), b: check(1, 2), c: check(1, 2), gone: check(1, 2) });
    const now = run({ a: check(2, 3), b: check(2.1, 3), c: check(0.5, 0.9), fresh: check(5, 6) });
    expect(inNode('report/compare.mjs', COMPARE, before, now)).toEqual({
      worse: ['b: 1 to 2 → 2.1 to 3'],
      better: ['c: 1 to 2 → 0.5 to 0.9'],
      compared: 3,
      absent: 1,
    });
  });

  it('compares figures that are no ratios only on the same machine', () => {
    const before = run({ a: check(1, 2, false), b: check(1, 2) });
    const checks = { a: check(3, 4, false), b: check(3, 4) };
    const compare = (machine: typeof MACHINE) =>
      inNode('report/compare.mjs', COMPARE, before, run(checks, machine));
    expect(compare(MACHINE)).toMatchObject({ compared: 2 });
    expect(compare({ ...MACHINE, node: 'v1' })).toMatchObject({
      compared: 1,
      worse: ['b: 1 to 2 → 3 to 4'],
    });
  });

  it('needs processes enough for a spread', () => {
    const now = { ...run({ a: check(3, 3) }), effort: { processes: 1 } };
    const words = 'return module.comparison(...args)';
    expect(inNode('report/compare.mjs', words, run({ a: check(1, 2) }), now)).toBe(
      '\nNot compared with 0.9.0 (abc, 2026-11-29): that needs at least 3 processes.\n',
    );
  });

  it('says that there is no release to compare with, instead of ending the run', () => {
    const body = `
      const folder = new URL('no-such-folder/', import.meta.url);
      return module.comparison(module.lastRelease(folder), args[0]);`;
    expect(inNode('report/compare.mjs', body, run({ a: check(1, 2) }))).toBe(
      '\nCompared with nothing: no release has been measured yet. `--compare=FILE` names another run.\n',
    );
  });

  it('takes the newest release, by version and not by letter', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nestjs-cors-releases-'));
    try {
      for (const version of ['0.9.0', '0.10.0', '0.2.1']) {
        writeFileSync(join(folder, `${version}.json`), '{}');
      }
      const last = 'return module.lastRelease(new URL(args[0])).href';
      const url = `${pathToFileURL(folder).href}/`;
      expect(inNode('report/compare.mjs', last, url)).toBe(`${url}0.10.0.json`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
