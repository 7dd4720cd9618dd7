import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../../lib/cli/run-cli.js';
import { optionsInFile } from '../../support/policy-files.js';
import { edgeFile, route } from '../edge/files.js';
import { recorder } from './recorder.js';

const DECIDED = edgeFile({
  policies: { f: optionsInFile({ origin: { function: 'isPartner' } }, '@Cors() on C.get') },
  routes: [route('GET', '/a', { policy: 'f' }), route('GET', '/b')],
});

describe('the command `edge`', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edge-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const run = async (file: unknown, ...args: string[]) => {
    const path = join(folder, 'cors.policy.json');
    const text = `${JSON.stringify(file, null, 2)}\n`;
    await writeFile(path, text);
    const [target = 'nginx', ...rest] = args;
    const { terminal, out, error } = recorder();
    const code = await runCli(['edge', target, path, ...rest], terminal);
    return { code, out: out(), error: error(), text };
  };

  it.each([
    ['nginx', ['cors-http.conf', 'cors-server.conf', 'example/nginx.conf']],
    ['worker', ['cors.js', 'example/config.capnp', 'example/worker.js']],
  ])('writes for %s, and finds its files up to date', async (target, names) => {
    const out = join(folder, 'deploy/cors');
    const file = edgeFile({ routes: [route('GET', '/a')] });
    const written = await run(file, target, '--out', out);
    expect([written.code, written.error]).toEqual([0, '']);
    const found = await readdir(out, { recursive: true, withFileTypes: true });
    const paths = found
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1));
    expect(paths.toSorted()).toEqual(names);
    const texts = await Promise.all(names.map((name) => readFile(join(out, name), 'utf8')));
    for (const text of texts) expect(text).not.toContain(folder);
    const head = texts[0]?.split('\n').slice(0, 12).join('\n') ?? '';
    expect(head).toContain(createHash('sha256').update(written.text).digest('hex'));
    expect(head).toContain('Routes: 1. Left to the application: nothing.');

    expect(await run(file, target, '--out', out, '--check')).toMatchObject({ code: 0, error: '' });
    const other = edgeFile({ routes: [route('GET', '/a'), route('PUT', '/a')] });
    const stale = await run(other, target, '--out', out, '--check');
    expect(stale.code).toBe(1);
    expect(stale.error).toContain(`Stale in ${out}: ${names[0]}`);
    expect(await readFile(join(out, names[0] ?? ''), 'utf8')).toBe(texts[0]);
  });

  it('says how it was written: below which path, for which host', async () => {
    const { out } = await run(edgeFile(), 'nginx', '--base-path', '/api/', '--host', 'a.example');
    expect(out.split('\n')[1]).toBe(
      '# CORS for nginx, written by `npx nestjs-cors edge nginx --mode fill --base-path /api --host a.example`: do not edit it.',
    );
  });

  it('replaces no file that somebody else has written', async () => {
    const out = join(folder, 'out');
    await mkdir(out);
    await writeFile(join(out, 'cors-server.conf'), 'add_header A b;\n');
    await writeFile(join(out, 'own.conf'), '# mine\n');
    const { code, error } = await run(edgeFile(), 'nginx', '--out', out);
    expect([code, error]).toEqual([
      2,
      `Expected \`${out}/cors-server.conf\` to be a file that \`npx nestjs-cors edge\` has written, got another one: nothing is written. Move it away, or write another folder with \`--out\`.\n`,
    ]);
    expect((await readdir(out)).toSorted()).toEqual(['cors-server.conf', 'own.conf']);
    await rm(join(out, 'cors-server.conf'));
    expect((await run(edgeFile(), 'nginx', '--out', out)).code).toBe(0);
    const answer = await run(edgeFile(), 'nginx', '--out', out, '--mode', 'answer');
    expect([answer.code, answer.error]).toEqual([0, '']);
    expect(await readFile(join(out, 'own.conf'), 'utf8')).toBe('# mine\n');
  });

  it('takes the mode that a target has, and no other', async () => {
    const written = await run(edgeFile({ global: false }), 'envoy');
    expect([written.code, written.error]).toEqual([0, '']);
    expect(written.out).toContain('--mode answer`');
    const { code, error } = await run(edgeFile(), 'envoy', '--mode', 'fill');
    expect([code, error]).toEqual([
      2,
      'Expected `--mode` to be `answer` for Envoy, got `fill`. Leave it out.\n',
    ]);
  });

  it('prints the files without a folder, each below its name', async () => {
    const { code, out } = await run(edgeFile(), 'nginx', '--mode', 'answer');
    expect(code).toBe(0);
    expect(out.match(/^==> .* <==$/gm)).toEqual([
      '==> cors-http.conf <==',
      '==> cors-server.conf <==',
      '==> example/nginx.conf <==',
    ]);
    expect(out).toContain('--mode answer`');
  });

  it('names what is left to the application, in the file and on standard output', async () => {
    const out = join(folder, 'out');
    const sentence = 'GET /a (C.get): isPartner decides at run time, written in @Cors() on C.get.';
    const { code, out: printed } = await run(DECIDED, 'nginx', '--out', out);
    expect(code).toBe(0);
    expect(printed).toContain(sentence);
    const text = await readFile(join(out, 'cors-http.conf'), 'utf8');
    expect(text.split('\n').slice(0, 12).join('\n')).toContain(sentence);
  });

  it('writes nothing with --strict where something is left to the application', async () => {
    const out = join(folder, 'out');
    const { code, out: printed, error } = await run(DECIDED, 'nginx', '--strict', '--out', out);
    expect(code).toBe(1);
    expect(printed).toContain('GET /a (C.get): isPartner decides at run time');
    expect(error).toContain('Expected nothing to be left to the application with `--strict`');
    await expect(readdir(out)).rejects.toThrow('ENOENT');
    expect((await run(edgeFile(), 'nginx', '--strict')).code).toBe(0);
  });

  it.each([
    [[], { schemaVersion: 99 }, 'Expected `schemaVersion` 1'],
    [['--check'], {}, 'Expected `--out` with `--check`'],
    [['--out', ''], {}, 'Expected `--out` to be a folder, got ``'],
    [['--base-path', 'api'], {}, 'Expected `--base-path` to be a path'],
    [['--base-path', '/a b'], {}, 'Expected `--base-path` to be a path'],
    [['--base-path', '/a/../b'], {}, 'Expected `--base-path` to be a path'],
    [['--host', 'a b'], {}, 'Expected `--host` to be a host'],
    [['--mode', 'both'], {}, "argument 'both' is invalid"],
    [['--out', '/dev/null/x'], {}, 'Expected `--out` to be a folder that can be written'],
  ])('refuses %j with a sentence', async (args, parts, message) => {
    const { code, error } = await run({ ...edgeFile(), ...parts }, 'nginx', ...args);
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
  });

  it('refuses a server of which nothing is known', async () => {
    const { code, error } = await run(edgeFile(), 'iis');
    expect([code, error]).toEqual([2, expect.stringContaining("value 'iis' is invalid")]);
  });
});
