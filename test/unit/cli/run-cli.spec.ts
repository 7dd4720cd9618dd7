import { readFile } from 'node:fs/promises';
import { SERVER_NAMES } from '../../../lib/diagnosis/servers/servers.js';
import { runCli } from '../../../lib/cli/run-cli.js';
import { PAGE, URL_ASKED } from '../diagnosis/check-arguments.js';
import { recorder } from './recorder.js';

async function run(...args: readonly string[]) {
  const { terminal, out, error } = recorder();
  const exitCode = await runCli(args, terminal);
  return { exitCode, out: out(), error: error() };
}

const message = `Access to fetch at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: `;
const firefox =
  'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/x. (Reason: Did not find method in CORS header ‘Access-Control-Allow-Methods’).';

describe('runCli', () => {
  it('prints its help', async () => {
    const help = await run('--help');
    expect([help.exitCode, help.error]).toEqual([0, '']);
    expect(help.out.split('\n')[0]).toBe('Usage: nestjs-cors [options] [command]');
    const check = await run('check', '--help');
    expect([check.exitCode, check.error]).toEqual([0, '']);
    expect(check.out.split('\n')[0]).toBe('Usage: nestjs-cors check [options] [url]');
    expect(check.out).toContain('\nExit code: 0 allowed, 1 blocked, 2 unknown');
  });

  it.each(['--version', '-V'])('prints the version of the package: %s', async (option) => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await run(option)).toEqual({ exitCode: 0, out: `${version}\n`, error: '' });
  });

  it.each<[string[], string]>([
    [
      ['check', URL_ASKED, '--origin', 'x'],
      'Expected `--origin` to be an origin as browsers send it, got `x`. Write the scheme and host of the page, such as `https://app.example.com`.\n',
    ],
    [
      ['check'],
      'Expected <url> and `--origin`, or `--paste`. Write for example `nestjs-cors check https://api.example.com/orders --origin https://app.example.com`.\n',
    ],
    [
      ['check', URL_ASKED],
      'Expected <url> and `--origin`, or `--paste`. Write for example `nestjs-cors check https://api.example.com/orders --origin https://app.example.com`.\n',
    ],
    [
      ['check', '--from-message', 'hello'],
      "Expected a paste to be a line of a browser's console, a curl line, code of a page, response headers or a HAR file, got `hello`. Paste the whole line of the console that names CORS, or right-click the request in the network panel and choose `Copy as cURL`.\n",
    ],
    [['check', URL_ASKED, '--colour'], "error: unknown option '--colour'\n"],
    [
      ['check', URL_ASKED, '--browser', 'lynx'],
      "error: option '-b, --browser <browser>' argument 'lynx' is invalid. Allowed choices are chromium, firefox, safari.\n",
    ],
    [
      ['check', URL_ASKED, '--for', 'iis'],
      `error: option '-f, --for <server>' argument 'iis' is invalid. Allowed choices are ${SERVER_NAMES.join(', ')}.\n`,
    ],
  ])('cannot follow %j', async (args, error) => {
    expect(await run(...args)).toEqual({ exitCode: 2, out: '', error });
  });

  it('prints its help without a command', async () => {
    const { exitCode, out, error } = await run();
    expect([exitCode, out]).toEqual([2, '']);
    expect(error.split('\n')[0]).toBe('Usage: nestjs-cors [options] [command]');
  });

  it('explains a message that does not name the page, and names what is missing', async () => {
    const { exitCode, out, error } = await run('check', '--from-message', firefox);
    expect([exitCode, error]).toEqual([1, '']);
    expect(out).toBe(`This message is from Firefox. It means:

METHOD
  Access-Control-Allow-Methods does not list the method; \`patch\` is not \`PATCH\`.
  Add the method to \`methods\`; if only the case differs, write it in upper case
  in the page.

To check the server, add what the paste does not contain: \`--origin\`, the address of the page.
`);
  });

  it('gives the same as JSON', async () => {
    const { exitCode, out } = await run('check', '--json', '--from-message', firefox);
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toEqual({
      version: 1,
      exitCode: 1,
      pasted: {
        browser: 'firefox',
        checks: ['METHOD'],
        at: ['preflight'],
        values: { url: 'https://api.example.com/x' },
      },
    });
  });

  it('lists every meaning where a browser does not distinguish them', async () => {
    const { out } = await run(
      'check',
      '--from-message',
      'Origin null is not allowed by Access-Control-Allow-Origin. Status code: 200',
    );
    expect(out.split('\n').filter((line) => /^[A-Z]/.test(line))).toEqual([
      'This message is from Safari. It means one of these:',
      'ACAO_MISSING',
      'ACAO_MISMATCH',
      'ACAO_INVALID',
      'ACAO_MULTIPLE',
      'To check the server, add what the paste does not contain: <url>.',
    ]);
  });

  it('says in one line what a message means where the report says more', async () => {
    const { out } = await run(
      'check',
      '--from-message',
      'Origin null is not allowed by Access-Control-Allow-Origin. Status code: 200',
      'http://127.0.0.1:1/',
    );
    expect(out.split('\n').filter((line) => /^[A-Z]/.test(line))).toEqual([
      'This message is from Safari. It means ACAO_MISSING, ACAO_MISMATCH, ACAO_INVALID,',
      'GET http://127.0.0.1:1/',
      'Cause    Browsers never connect to port 1: run the server on another one. No',
      'More     https://nestjs-cors.example/troubleshooting#bad_port',
    ]);
  });

  it('sends the request when the message contains enough', async () => {
    const line = `${message}Method TRACE is not allowed by Access-Control-Allow-Methods in preflight response.`;
    const { exitCode, out } = await run('check', '--yes', '--from-message', line);
    expect(exitCode).toBe(1);
    expect(out.split('\n').filter((other) => other.startsWith('TRACE'))).toEqual([
      `TRACE ${URL_ASKED}`,
    ]);
  });
});
