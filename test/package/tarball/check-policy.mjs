import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What applications do that must not matter: to the JSON, to the exit code, or to when the command ends. */
const APPLICATION = `
import { writeSync } from 'node:fs';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CorsModule } from 'nestjs-cors';

class OrdersController { read() { return 'order'; } }
Controller('orders')(OrdersController);
Get(':id')(OrdersController.prototype, 'read', Object.getOwnPropertyDescriptor(OrdersController.prototype, 'read'));
class AppModule {}
Module({ imports: [CorsModule.forRoot({ origin: 'https://app.example.com' })], controllers: [OrdersController] })(AppModule);

const create = () => NestFactory.create(AppModule, { logger: false, abortOnError: false });
const soon = (act) => new Promise((resolve) => setTimeout(() => { act(); setTimeout(resolve, 5000); }, 1));
const forever = () => { setInterval(() => undefined, 1000); return new Promise(() => undefined); };

export const logs = () => { console.log('log'); writeSync(1, 'straight to the descriptor'); return create(); };
export const leavesTimers = () => { void forever(); return create(); };
export const failsToClose = async () => {
  const app = await create();
  const close = () => Promise.reject(new Error('no close'));
  return { init: () => app.init(), get: (...all) => app.get(...all), getHttpServer: () => app.getHttpServer(), close };
};
export const exitsLater = () => soon(() => process.exit(0));
export const throwsLater = () => soon(() => { throw new Error('later'); });
export const rejectsUnseen = () => soon(() => { void Promise.reject(new Error('unseen')); });
export const hangs = forever;
`;

/** Exports, arguments, the exit code, and what is written to standard error. */
const CASES = [
  ['logs', 0, /^log\nstraight to the descriptor$/],
  ['leavesTimers', 0, /^$/],
  ['failsToClose', 0, /^`app\.close\(\)` failed: no close$/],
  ['exitsLater', 2, /^The application ended the process \(exit code 0\)\./],
  ['throwsLater', 2, /^The application failed: later$/],
  ['rejectsUnseen', 2, /^The application failed: unseen$/],
  ['hangs', 2, /^Expected the application to start within 2 s, got no answer\./],
];

/** The command reads the policy of an application in a process of its own. */
export async function checkPolicy({ folder }) {
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const command = join(folder, bin['nestjs-cors']);
  const application = join(folder, 'application.mjs');
  writeFileSync(application, APPLICATION);
  const faults = [];
  for (const [name, code, text] of CASES) {
    const app = `${application}#${name}`;
    const result = await run([command, 'policy', '--app', app, '--timeout', '2']);
    const isRight =
      result.code === code &&
      text.test(result.stderr.trimEnd()) &&
      (code === 0 ? isPolicy(result.stdout) : result.stdout === '');
    if (!isRight) faults.push(`policy of ${name}: ${JSON.stringify(result)}.`);
  }
  return faults;
}

function isPolicy(text) {
  try {
    return JSON.parse(text).routes[0].path === '/orders/:id';
  } catch {
    return false;
  }
}

function run(argv) {
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => (output.stdout += data));
  child.stderr.on('data', (data) => (output.stderr += data));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, ...output }));
  });
}
