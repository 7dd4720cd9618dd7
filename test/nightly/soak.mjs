// Asks an application with a resolver class about 1,000,000 distinct origins, on each platform: every
// response must be right, and its memory must stay where it is once the caches are full. Needs
// `npm run build`.
//
// node test/nightly/soak.mjs [origins]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

const ORIGINS = Number(process.argv[2] ?? 1_000_000);
const CONNECTIONS = 20;
/** So many requests are on the way on each connection. */
const PIPELINED = 50;
/** By then, caches of 10,000 answers each are full. */
const WARM = Math.min(100_000, ORIGINS / 10);
/** What a million origins of 30 bytes would exceed many times over. */
const GROWTH_BYTES = 8 * 2 ** 20;

const SERVER = fileURLToPath(new URL('soak-server.mjs', import.meta.url));
const originOf = (number) => `https://o${number}.example.com`;
const isPreflight = (number) => number % 4 < 2;
const mib = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

function requestOf(number) {
  const origin = `Host: soak\r\nOrigin: ${originOf(number)}\r\n`;
  return isPreflight(number)
    ? `OPTIONS /orders HTTP/1.1\r\n${origin}Access-Control-Request-Method: GET\r\n\r\n`
    : `GET /orders HTTP/1.1\r\n${origin}\r\n`;
}

function expectedOf(number) {
  const isAllowed = number % 2 === 0;
  const status = !isPreflight(number) ? 200 : isAllowed ? 204 : 403;
  return `${status} ${isAllowed ? originOf(number) : undefined}`;
}

/** Status and allowed origin of each complete response, and what is left of the text. */
function readAnswers(text) {
  const answers = [];
  for (;;) {
    const end = text.indexOf('\r\n\r\n');
    if (end === -1) return [answers, text];
    const head = text.slice(0, end);
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    if (text.length < end + 4 + length) return [answers, text];
    const origin = /^access-control-allow-origin: (.+)$/im.exec(head)?.[1];
    answers.push(`${head.slice(9, 12)} ${origin}`);
    text = text.slice(end + 4 + length);
  }
}

/** Sends the requests of some numbers over one connection, and judges every response. */
async function ask(port, numbers) {
  const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
  await once(socket, 'connect');
  let text = '';
  for (let start = 0; start < numbers.length; start += PIPELINED) {
    const batch = numbers.slice(start, start + PIPELINED);
    socket.write(batch.map(requestOf).join(''));
    const received = [];
    while (received.length < batch.length) {
      const [chunk] = await once(socket, 'data', { signal: AbortSignal.timeout(30_000) });
      const [answers, rest] = readAnswers(text + chunk);
      received.push(...answers);
      text = rest;
    }
    batch.forEach((number, index) => {
      if (received[index] === expectedOf(number)) return;
      throw new Error(`${requestOf(number)}${received[index]}, expected ${expectedOf(number)}`);
    });
  }
  socket.destroy();
}

async function soak(platform) {
  const child = fork(SERVER, [platform], { execArgv: ['--expose-gc'] });
  try {
    const [{ port }] = await once(child, 'message');
    const memory = async () => {
      child.send('memory');
      const [measured] = await once(child, 'message');
      return measured;
    };

    const started = performance.now();
    let asked = 0;
    const askUpTo = async (end) => {
      const numbers = Array.from({ length: end - asked }, (_, index) => asked + index);
      asked = end;
      const shares = Array.from({ length: CONNECTIONS }, (_, share) =>
        numbers.filter((number) => Math.floor(number / PIPELINED) % CONNECTIONS === share),
      );
      await Promise.all(shares.map((share) => ask(port, share)));
      const { heapUsed, rss } = await memory();
      process.stdout.write(`${platform} ${end} origins: heap ${mib(heapUsed)}, RSS ${mib(rss)}\n`);
      return heapUsed;
    };
    const warm = await askUpTo(WARM);
    let most = warm;
    for (let step = 1; step <= 9; step += 1) {
      most = Math.max(most, await askUpTo(WARM + Math.round(((ORIGINS - WARM) * step) / 9)));
    }
    const seconds = (performance.now() - started) / 1000;

    const looked = (await memory()).asked;
    if (looked !== ORIGINS) throw new Error(`${looked} look-ups for ${ORIGINS} origins`);
    const grown = most - warm;
    process.stdout.write(
      `${platform}: ${ORIGINS} distinct origins in ${seconds.toFixed(0)} s, every response right; the heap grew by ${mib(grown)} after the first ${WARM}\n`,
    );
    return grown <= GROWTH_BYTES;
  } finally {
    child.kill();
  }
}

const bounded = [await soak('express'), await soak('fastify')];
const failed = bounded.filter((isBounded) => !isBounded).length;
process.stdout.write(`${bounded.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed;
