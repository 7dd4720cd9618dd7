// Runs `nestjs-cors check` against nginx, Flask-CORS and FastAPI as Debian ships them: what it says of
// each. Its changes are in stacks.mjs. Needs `npm run build`; installs what is missing with apt-get, which
// needs root.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.mjs';
import { installPackages } from './install-packages.mjs';

const MAIN = fileURLToPath(new URL('../../dist/esm/cli.js', import.meta.url));
const PACKAGES = ['nginx-light', 'python3-flask-cors', 'python3-fastapi', 'python3-uvicorn'];
const VERSIONS = [
  'nginx',
  'python3-flask',
  'python3-flask-cors',
  'python3-fastapi',
  'python3-starlette',
  'python3-uvicorn',
];
const PAGE = 'https://app.example.com';
const PUT = ['--method', 'PUT', '--header', 'x-request-id: 1', '--credentials'];

const directory = mkdtempSync(join(tmpdir(), 'nestjs-cors-peers-'));
const children = [];
let failures = 0;

function versionsOf(packages) {
  try {
    return execFileSync('dpkg-query', ['-W', '-f', '${Package} ${Version}\n', ...packages], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
}

/** Starts a server and waits until something listens. */
async function start(command, args, port) {
  const child = spawn(command, args, { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  children.push(child);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (child.exitCode !== null) break;
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return child;
    } catch {
      await sleep(100);
    }
  }
  throw new Error(`${command} does not start: ${errors}`);
}

async function stop(child) {
  if (child.exitCode !== null) return;
  const end = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await end;
}

/** Runs the tool as users do: the built program, in a process of its own. */
async function check(url, args = []) {
  const child = spawn(process.execPath, [MAIN, 'check', url, '--origin', PAGE, '--json', ...args]);
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (out += chunk));
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  const report = JSON.parse(out);
  if (report.exitCode !== exitCode) throw new Error(`exit codes differ: ${out}`);
  return report;
}

async function expectRow(server, url, args, exitCode, failed, warnings) {
  const report = await check(url, args);
  const ids = report.warnings.filter(({ level }) => level === 'warning').map(({ id }) => id);
  const actual = JSON.stringify([report.exitCode, report.check, ids]);
  const expected = JSON.stringify([exitCode, failed, warnings]);
  const passed = actual === expected;
  if (!passed) failures += 1;
  const row = [passed ? 'ok  ' : 'FAIL', server.padEnd(8), new URL(url).pathname, args.join(' ')];
  process.stdout.write(`${row.join(' ')}: ${actual}${passed ? '' : `, expected ${expected}`}\n`);
  return report;
}

// nginx

function nginxConfiguration(port, upstream) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(directory, name)};`)
    .join('\n  ');
  writeFileSync(join(directory, 'htpasswd'), 'x:x\n');
  return `
daemon off;
pid ${join(directory, 'nginx.pid')};
error_log stderr;
events {}
http {
  access_log off;
  ${temporary}
  server {
    listen 127.0.0.1:${port};
    location / { return 404; }
    location = /plain { return 200 x; }
    location = /star { add_header Access-Control-Allow-Origin *; return 200 x; }
    location = /reflecting {
      add_header Access-Control-Allow-Origin $http_origin;
      add_header Access-Control-Allow-Credentials true;
      return 200 x;
    }
    location = /login {
      auth_basic x;
      auth_basic_user_file ${join(directory, 'htpasswd')};
      add_header Access-Control-Allow-Origin * always;
      try_files /none =404;
    }
    location = /moved { add_header Access-Control-Allow-Origin * always; return 301 /star; }
    location = /two-layers {
      add_header Access-Control-Allow-Origin *;
      proxy_pass http://127.0.0.1:${upstream}/listed;
    }
  }
}
`;
}

async function startNginx(port, upstream) {
  writeFileSync(join(directory, 'nginx.conf'), nginxConfiguration(port, upstream));
  return start('nginx', ['-c', join(directory, 'nginx.conf'), '-e', 'stderr'], port);
}

async function nginx(upstream) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await startNginx(port, upstream);
  await expectRow('nginx', `${url}/plain`, [], 1, 'ACAO_MISSING', []);
  await expectRow('nginx', `${url}/star`, [], 0, null, ['ERROR_WITHOUT_CORS']);
  await expectRow('nginx', `${url}/star`, ['--credentials'], 1, 'ACAO_WILDCARD_CREDENTIALS', []);
  await expectRow('nginx', `${url}/reflecting`, ['--credentials'], 0, null, [
    'ORIGIN_REFLECTED',
    'VARY_ORIGIN_MISSING',
    'ERROR_WITHOUT_CORS',
  ]);
  await expectRow('nginx', `${url}/login`, ['--method', 'PUT'], 1, 'PREFLIGHT_STATUS', []);
  await expectRow('nginx', `${url}/moved`, ['--method', 'PUT'], 1, 'PREFLIGHT_REDIRECT', []);
  await expectRow('nginx', `${url}/two-layers`, [], 1, 'ACAO_MULTIPLE', ['VARY_ORIGIN_MISSING']);
}

// Flask-CORS: with one origin allowed, it sends no `Vary`.

const FLASK = `
from flask import Flask
from flask_cors import CORS, cross_origin
app = Flask(__name__)

@app.route('/plain', methods=['GET', 'PUT'])
def plain():
    return 'x'

@app.route('/listed', methods=['GET', 'PUT'])
@cross_origin(origins=['${PAGE}'])
def listed():
    return 'x'

@app.route('/open')
@cross_origin(supports_credentials=True)
def everybody():
    return 'x'

@app.route('/get-only', methods=['GET', 'PUT'])
@cross_origin(origins=['${PAGE}'], methods=['GET'], allow_headers=['x-other'])
def get_only():
    return 'x'
`;

async function startFlask(port) {
  writeFileSync(join(directory, 'flask_app.py'), FLASK);
  const args = ['-m', 'flask', '--app', 'flask_app', 'run', '--port', String(port)];
  return start('/usr/bin/python3', args, port);
}

async function flask(port) {
  const url = `http://127.0.0.1:${port}`;
  await expectRow('Flask', `${url}/plain`, [], 1, 'ACAO_MISSING', []);
  await expectRow('Flask', `${url}/listed`, [], 0, null, [
    'VARY_ORIGIN_MISSING',
    'ERROR_WITHOUT_CORS',
  ]);
  await expectRow('Flask', `${url}/listed`, PUT, 1, 'ACAC_NOT_TRUE', []);
  await expectRow('Flask', `${url}/open`, ['--credentials'], 0, null, [
    'ORIGIN_REFLECTED',
    'VARY_ORIGIN_MISSING',
    'ERROR_WITHOUT_CORS',
  ]);
  await expectRow('Flask', `${url}/get-only`, ['--method', 'PUT'], 1, 'METHOD', []);
  await expectRow('Flask', `${url}/get-only`, ['--header', 'x-a: 1'], 1, 'HEADER', []);
}

// FastAPI: without `Origin` in the request, its responses have no `Vary`.

async function startFastapi(port, middleware) {
  const module = `fastapi_${port}`;
  writeFileSync(
    join(directory, `${module}.py`),
    `
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
app = FastAPI()

@app.get('/x')
@app.put('/x')
def x():
    return 'x'

${middleware}
`,
  );
  const args = ['-m', 'uvicorn', '--port', String(port), '--log-level', 'error', `${module}:app`];
  return start('/usr/bin/python3', args, port);
}

async function fastapi() {
  const plain = await freePort();
  await startFastapi(plain, '');
  const plainUrl = `http://127.0.0.1:${plain}/x`;
  await expectRow('FastAPI', plainUrl, [], 1, 'ACAO_MISSING', []);

  const listed = await freePort();
  await startFastapi(listed, `app.add_middleware(CORSMiddleware, allow_origins=['${PAGE}'])`);
  const listedUrl = `http://127.0.0.1:${listed}/x`;
  await expectRow('FastAPI', listedUrl, [], 0, null, ['VARY_ORIGIN_MISSING']);
  await expectRow('FastAPI', listedUrl, ['--method', 'PUT'], 1, 'PREFLIGHT_STATUS', []);

  const open = await freePort();
  await startFastapi(
    open,
    "app.add_middleware(CORSMiddleware, allow_origins=['*'], allow_credentials=True, allow_methods=['*'])",
  );
  await expectRow(
    'FastAPI',
    `http://127.0.0.1:${open}/x`,
    ['--credentials'],
    1,
    'ACAO_WILDCARD_CREDENTIALS',
    ['ORIGIN_REFLECTED', 'VARY_ORIGIN_MISSING'],
  );
}

try {
  if (versionsOf(PACKAGES) === null) installPackages(...PACKAGES);
  process.stdout.write(versionsOf(VERSIONS) ?? '');
  const flaskPort = await freePort();
  await startFlask(flaskPort);
  await nginx(flaskPort);
  await flask(flaskPort);
  await fastapi();
} finally {
  await Promise.all(children.map(stop));
  rmSync(directory, { recursive: true });
}
process.stdout.write(failures === 0 ? 'all as expected\n' : `${failures} not as expected\n`);
process.exitCode = failures === 0 ? 0 : 1;
