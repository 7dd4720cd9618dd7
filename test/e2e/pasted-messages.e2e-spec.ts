import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { dirname, join } from 'node:path';
import { runCli } from '../../lib/cli/run-cli.js';
import { recorder } from '../unit/cli/recorder.js';
import { startPasteServers } from './paste-servers.js';

interface Row {
  readonly paste: string;
  readonly for?: string;
  readonly args?: readonly string[];
  /** What is right, and words that say it. */
  readonly right: string;
  readonly says: string;
}
const here = dirname(expect.getState().testPath ?? '');
const file = join(here, '..', 'cases', 'pasted-messages.json');
const rows: readonly Row[] = JSON.parse(readFileSync(file, 'utf8'));

let server: Server;
let port: number;
beforeAll(async () => {
  ({ server, port } = await startPasteServers());
});
afterAll(() => {
  server.close();
});

describe('a pasted message gets the exact cause and the change', () => {
  it.each(rows)('$paste', async (row) => {
    const { terminal, out, error } = recorder();
    const text = row.paste.replaceAll(/\{https?\}/g, String(port));
    const kind = row.for === undefined ? [] : ['--for', row.for];
    await runCli(['check', '--yes', '--paste', text, ...kind, ...(row.args ?? [])], terminal);
    expect(error()).toBe('');
    expect(out().replaceAll(/\s+/g, ' ')).toMatch(new RegExp(row.says));
  });
});

describe('the URL of a paste', () => {
  const paste = () =>
    `Access to fetch at 'http://127.0.0.1:${port}/silent?token=abc123' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`;
  async function run(confirm: ((question: string) => Promise<boolean>) | null) {
    let requests = 0;
    const count = () => {
      requests += 1;
    };
    server.on('request', count);
    const { terminal, out } = recorder();
    await runCli(
      ['check', '--paste', paste()],
      confirm === null ? terminal : { ...terminal, confirm },
    );
    server.off('request', count);
    return { requests, out: out() };
  }

  it('is contacted by nobody who cannot be asked', async () => {
    const { requests, out } = await run(null);
    expect(requests).toBe(0);
    expect(out).toContain('Nothing was sent. To check the server, add `--yes`.');
  });

  it('is shown before it is contacted, without its secrets', async () => {
    const questions: string[] = [];
    const ask = (answer: boolean) => (question: string) => {
      questions.push(question);
      return Promise.resolve(answer);
    };
    expect((await run(ask(false))).requests).toBe(0);
    const { requests, out } = await run(ask(true));
    expect(requests).toBeGreaterThan(0);
    expect(out).not.toContain('abc123');
    expect(questions).toEqual(
      Array.from(
        { length: 2 },
        () =>
          `Send GET http://127.0.0.1:${port}/silent?token=(not shown) as a page of https://app.example.com, and up to 9 probes?`,
      ),
    );
  });
});
