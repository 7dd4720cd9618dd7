// The change that `nestjs-cors check` prints, made on real servers: for each kind of server that npm or
// Debian has, and each state it may be in, the server is started, checked, changed as printed, and must
// then be allowed. Needs `npm run build`; installs what is missing, with apt-get as root.
//
//     node test/nightly/stacks.mjs [name of a stack ...]
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { freePort } from './free-port.mjs';
import { installPackages } from './install-packages.mjs';
import * as debian from './stacks/debian.mjs';
import * as node from './stacks/node.mjs';
import * as proxies from './stacks/proxies.mjs';
import { until } from './until.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const CHECK = process.env.CORS_CHECK ?? join(ROOT, 'dist/esm/cli.js');
const PAGE = 'https://app.example.com';
const HEADERS = ['--header', 'x-request-id: 1', '--credentials'];
/** What the first check must find; anything else means that the state is not what it says. */
const FAILS = {
  silent: ['ACAO_MISSING', 'PREFLIGHT_STATUS'],
  // The change is printed for a plain GET, and must hold for what pages do next.
  get: ['ACAO_MISSING'],
  origin: ['ACAO_MISSING', 'ACAO_MISMATCH', 'PREFLIGHT_STATUS'],
  credentials: ['ACAC_NOT_TRUE'],
  wildcard: ['ACAO_WILDCARD_CREDENTIALS'],
  methods: ['METHOD', 'PREFLIGHT_STATUS', 'ACAO_MISSING'],
  headers: ['HEADER', 'PREFLIGHT_STATUS', 'ACAO_MISSING'],
  guarded: ['ACAO_MISSING', 'PREFLIGHT_STATUS'],
  doubled: ['ACAO_MULTIPLE'],
};
/** Of the servers themselves: with one origin, Flask-CORS and others send no `Vary`. */
const TOLERATED = ['VARY_ORIGIN_MISSING', 'ERROR_WITHOUT_CORS'];

const { OPEN, ...inFront } = proxies;
const stacks = { ...node, ...debian, ...inFront };
const chosen = process.argv.slice(2);
const names = Object.keys(stacks).filter((name) => chosen.length === 0 || chosen.includes(name));
const home = join(tmpdir(), 'nestjs-cors-stacks');
let failures = 0;
let changes = 0;

function install() {
  mkdirSync(home, { recursive: true });
  const wanted = names.flatMap((name) => stacks[name].apt ?? []);
  const missing = wanted.filter((name) => !isInstalled(name));
  if (missing.length > 0) installPackages(...new Set(missing));
  const modules = names.flatMap((name) => stacks[name].npm ?? []);
  if (modules.some((name) => !existsSync(join(home, 'node_modules', name)))) {
    writeFileSync(join(home, 'package.json'), '{"private":true}');
    const all = Object.values(stacks).flatMap(({ npm = [] }) => npm);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', ...all], {
      cwd: home,
      stdio: 'inherit',
    });
  }
}

function isInstalled(name) {
  try {
    const status = execFileSync('dpkg-query', ['-W', '-f', '${Status}', name], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return String(status).includes('ok installed');
  } catch {
    return false;
  }
}

/** What is behind a proxy: below `/open/` it has a CORS layer, elsewhere none. */
async function startUpstream() {
  const server = createServer((request, response) => {
    if (request.url.startsWith('/open/')) {
      response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
      response.setHeader('Access-Control-Allow-Credentials', 'true');
      response.setHeader('Access-Control-Allow-Methods', 'PUT');
      response.setHeader('Access-Control-Allow-Headers', 'x-request-id');
      response.setHeader('Vary', 'Origin');
    } else if (request.method === 'OPTIONS') response.statusCode = 405;
    response.end('{}');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

/** Starts a server in a folder of its own, and waits until it listens. */
async function start(stack, parts, upstream) {
  const port = await freePort();
  const folder = mkdtempSync(join(stack.fromRepository ? join(ROOT, 'dist') : home, 'server-'));
  const all = { before: '', layer: '', after: '', upstream, ...parts };
  const { files, command, build, env = {} } = stack.start(port, all, folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const options = { cwd: folder, env: { ...process.env, ...env, HOME: folder } };
  if (build !== undefined) {
    const cache = { GOCACHE: join(home, 'go-cache') };
    execFileSync(build[0], build.slice(1), { ...options, env: { ...options.env, ...cache } });
  }
  const child = spawn(command[0], command.slice(1), {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that its workers end with it.
    detached: true,
  });
  const end = () => endGroup(child.pid);
  process.once('exit', end);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    process.off('exit', end);
    const isOver = child.exitCode !== null || child.signalCode !== null;
    const ended = isOver ? null : new Promise((done) => child.once('exit', done));
    end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(
      `${command[0]} listens`,
      async () => {
        if (child.exitCode !== null) throw new Error(`${command[0]} ended:\n${output}`);
        return listens(port);
      },
      20_000,
    );
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${output}\n${Object.values(files)[0]}`, { cause: error });
  }
  return { url, stop };
}

function endGroup(id) {
  try {
    process.kill(-id, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Not by a request: socket.io answers none outside its path. */
function listens(port) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    const end = (isListening) => () => {
      socket.destroy();
      done(isListening);
    };
    socket.on('connect', end(true)).on('error', end(false));
  });
}

/** Runs the tool as users do: in a process of its own. */
async function check(url, args) {
  const child = spawn(
    process.execPath,
    // The first request to a development server waits for a compiler.
    [CHECK, 'check', url, '--origin', PAGE, '--json', '--timeout', '60', ...args],
    { timeout: 180_000 },
  );
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (out += chunk));
  await new Promise((done) => child.once('close', done));
  return JSON.parse(out);
}

function row(name, state, what, problem) {
  if (problem !== null) failures += 1;
  const mark = problem === null ? 'ok  ' : 'FAIL';
  process.stdout.write(
    `${mark} ${name} ${state}, ${what}${problem === null ? '' : `: ${problem}`}\n`,
  );
}

const PUT = ['--method', 'PUT', ...HEADERS];

/** What is checked first, and what must be allowed afterwards. */
function requestsFor(state, method) {
  switch (state) {
    case 'doubled':
      return [[], [[]]];
    case 'get':
      return [
        [],
        method === 'GET'
          ? [[]]
          : [
              [],
              ['--method', 'POST', '--header', 'content-type: application/json'],
              ['--method', 'DELETE', '--header', 'authorization: Bearer x'],
            ],
      ];
    default: {
      const args = method === 'GET' ? HEADERS : PUT;
      return [args, [args, ['--credentials']]];
    }
  }
}

/** One state of one server: found wrong, changed as printed, found right. */
async function tryChange(name, state, upstream) {
  const stack = stacks[name];
  const path = stack.path ?? (state === 'doubled' ? OPEN : '/api/orders');
  const [before, after] = requestsFor(state, stack.method);
  const guard = state === 'guarded' ? (stack.guard ?? '') : '';
  const earlier = stack.states[state];
  const first = await start(stack, { before: guard, layer: earlier }, upstream);
  let code;
  try {
    const report = await check(first.url + path, [...before, '--for', stack.server]);
    const isExpected = FAILS[state].includes(report.check);
    row(name, state, 'before', isExpected ? null : `${report.check}, expected ${FAILS[state]}`);
    code = report.change?.code ?? [];
    if (state === 'get' && stack.recognised) {
      const { change } = await check(first.url + path, before);
      const isRight = change?.for === stack.server;
      row(name, state, 'recognised', isRight ? null : `${change?.for}, ${change?.why}`);
    }
  } finally {
    await first.stop();
  }
  const apply = stack.apply ?? ((one) => ({ layer: one.join('\n'), after: guard }));
  const second = await start(stack, apply(code, earlier, guard, state), upstream);
  changes += 1;
  try {
    for (const args of after) {
      const report = await check(second.url + path, args);
      const worries = report.warnings
        .filter(({ level, id }) => level === 'warning' && !TOLERATED.includes(id))
        .map(({ id }) => id);
      const isRight = report.verdict === 'allowed' && worries.length === 0;
      const problem = `${report.verdict} ${report.check} ${worries}\n${code.join('\n')}`;
      row(name, state, args.join(' ') || 'GET', isRight ? null : problem);
    }
    if (name in inFront) {
      const response = await fetch(second.url + path, { headers: { origin: PAGE } });
      await response.arrayBuffer();
      const isKept = response.headers.get('x-frame-options') === 'DENY';
      row(name, state, 'other headers', isKept ? null : 'X-Frame-Options is gone');
    }
  } finally {
    await second.stop();
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
install();
const upstream = await startUpstream();
try {
  for (const name of names) {
    for (const [state, layer] of Object.entries(stacks[name].states)) {
      if (layer === undefined) continue;
      try {
        await tryChange(name, state, upstream.address().port);
      } catch (error) {
        row(name, state, 'starts', error.message);
      }
    }
  }
} finally {
  upstream.close();
  upstream.closeAllConnections();
}
process.stdout.write(`${changes} changes made, ${failures} not as expected\n`);
process.exitCode = failures === 0 && changes > 0 ? 0 : 1;
