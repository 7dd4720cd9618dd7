import { deepStrictEqual } from 'node:assert';
import { request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { EXCHANGES } from './exchanges.mjs';

/** Sends every request to an application that is starting, and compares the responses. */
export async function ask(port) {
  await listening(port);
  for (const { method, path, headers, expected } of EXCHANGES) {
    const { statusCode, headers: received } = await send(port, method, path, headers);
    const cors = Object.entries(received).filter(([name]) =>
      /^(?:access-control-|vary$|timing-allow-origin$)/.test(name),
    );
    deepStrictEqual([statusCode, Object.fromEntries(cors)], expected, `${method} ${path}`);
  }
}

/** Nest says that it started before it listens: ask until it responds. */
async function listening(port) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await send(port, 'GET', '/', {});
      return;
    } catch (error) {
      if (attempt === 600) throw error;
      await setTimeout(100);
    }
  }
}

function send(port, method, path, headers) {
  return new Promise((resolve, reject) => {
    request({ host: 'localhost', port, method, path, headers, agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response));
    })
      .on('error', reject)
      .end();
  });
}
