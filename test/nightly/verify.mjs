// Runs `nestjs-cors verify` against an application behind the nginx of Debian, which passes its answers on as
// they are, or changes them: each change is named by the first line. Needs `npm run build`; installs nginx
// with apt-get if it is missing, which needs root.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Controller, Delete, Get, Module, Put } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Cors, CorsModule, CorsService } from 'nestjs-cors';
import { freePort } from './free-port.mjs';
import { installPackages } from './install-packages.mjs';

const MAIN = fileURLToPath(new URL('../../dist/esm/cli.js', import.meta.url));

/** What nginx does, and what is said first, with its exit code. */
const CASES = [
  ['passes all on', '', 0, /^\d+ requests to \S+: each answer is as the file says\.$/],
  [
    'adds *',
    "add_header Access-Control-Allow-Origin '*' always;",
    1,
    /^looser DELETE \/orders\/:id, DELETE \/orders\/1 without `Origin`: allows any origin\./,
  ],
  [
    'replaces the origin by *',
    "proxy_hide_header Access-Control-Allow-Origin; add_header Access-Control-Allow-Origin '*' always;",
    1,
    /^looser GET \/orders, preflight for GET \/orders from https:\/\/app\.example\.com \(an origin of the file\): allows any origin\./,
  ],
  [
    'drops Vary',
    'proxy_hide_header Vary;',
    1,
    /^looser GET \/orders, .*: has no `Vary: Origin`, so that caches mix up origins\./,
  ],
  [
    'reflects origins, with credentials',
    'proxy_hide_header Access-Control-Allow-Origin; add_header Access-Control-Allow-Origin $http_origin always; proxy_hide_header Access-Control-Allow-Credentials; add_header Access-Control-Allow-Credentials true always;',
    1,
    /^looser DELETE \/orders\/:id, DELETE \/orders\/1 from https:\/\/nestjs-cors-verify\.invalid \(a stranger\): allows the origin, with credentials\./,
  ],
  [
    'answers all preflights 200',
    "if ($request_method = OPTIONS) { add_header Access-Control-Allow-Origin $http_origin; add_header Access-Control-Allow-Credentials true; add_header Access-Control-Allow-Methods 'GET, PUT, DELETE'; return 200; }",
    1,
    /^looser PUT \/orders\/:id, preflight for DELETE \/orders\/1 from https:\/\/a\.shop\.example \(an origin of the file\): allows the origin, with credentials\./,
  ],
];

class OrdersController {
  list() {
    return [];
  }
  update() {
    return {};
  }
  remove() {
    return {};
  }
}
class FeedController {
  read() {
    return [];
  }
}
decorate(OrdersController, 'list', Get());
decorate(
  OrdersController,
  'update',
  Put(':id'),
  Cors({ origin: 'https://*.shop.example', maxAge: 60 }),
);
decorate(OrdersController, 'remove', Delete(':id'), Cors({ exposedHeaders: ['etag'] }));
Controller('orders')(OrdersController);
decorate(FeedController, 'read', Get(), Cors({ origin: '*', credentials: false }));
Controller('feed')(FeedController);
class AppModule {}
Module({
  imports: [CorsModule.forRoot({ origin: 'https://app.example.com', credentials: true })],
  controllers: [OrdersController, FeedController],
})(AppModule);

function decorate({ prototype }, name, ...decorators) {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  for (const one of decorators) one(prototype, name, descriptor);
}

const directory = mkdtempSync(join(tmpdir(), 'nestjs-cors-verify-'));
let failures = 0;

/** nginx before a port, and how to stop it. */
async function startNginx(upstream, directives) {
  const port = await freePort();
  writeFileSync(
    join(directory, 'nginx.conf'),
    `worker_processes 1; daemon off; pid nginx.pid; error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server {
    listen 127.0.0.1:${port};
    location / { ${directives} proxy_pass http://127.0.0.1:${upstream}; proxy_set_header Host $http_host; }
  }
}
`,
  );
  const child = spawn('nginx', ['-p', directory, '-c', 'nginx.conf'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  for (let attempt = 0; attempt < 100 && child.exitCode === null; attempt += 1) {
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return { port, child };
    } catch {
      await sleep(50);
    }
  }
  throw new Error(`nginx does not start: ${errors}`);
}

function verify(port) {
  const file = join(directory, 'cors.policy.json');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, 'verify', file, '--url', `http://127.0.0.1:${port}`, '--unsafe'],
      (error, out) => resolve({ code: error?.code ?? 0, first: out.split('\n')[0] ?? '' }),
    );
  });
}

installPackages(['nginx-light']);
try {
  for (const platform of ['express', 'fastify']) {
    const options = { logger: false };
    const app =
      platform === 'fastify'
        ? await NestFactory.create(AppModule, new FastifyAdapter(), options)
        : await NestFactory.create(AppModule, options);
    await app.listen(0, '127.0.0.1');
    writeFileSync(
      join(directory, 'cors.policy.json'),
      JSON.stringify(app.get(CorsService).policy()),
    );
    for (const [what, directives, code, line] of CASES) {
      const { port, child } = await startNginx(app.getHttpServer().address().port, directives);
      const end = new Promise((resolve) => child.once('exit', resolve));
      const found = await verify(port);
      child.kill();
      await end;
      const isRight = found.code === code && line.test(found.first);
      if (!isRight) failures += 1;
      console.log(
        `${isRight ? 'ok' : 'WRONG'} ${platform}: nginx ${what}: ${found.code} ${found.first}`,
      );
    }
    await app.close();
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
