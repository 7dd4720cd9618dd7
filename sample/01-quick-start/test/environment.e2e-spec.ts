import { jest } from '@jest/globals';
import { preflight, send } from '../../../test/support/send.js';
import type { RunningSample } from '../src/start-sample.js';

/** Importing the sample reads the environment, so each start imports it anew. */
async function start(origins: string, port = '0', pagePort = '0'): Promise<RunningSample> {
  process.env['PORT'] = port;
  process.env['PAGE_PORT'] = pagePort;
  process.env['CORS_ORIGINS'] = origins;
  jest.resetModules();
  const { startSample } = await import('../src/start-sample.js');
  return startSample(undefined, { abortOnError: false, logger: false });
}

describe('the environment of the samples', () => {
  it('wins over .env, and is a list', async () => {
    const sample = await start('https://shop.example.com, https://app.example.com');
    try {
      const port = Number(new URL(sample.apiUrl).port);
      const statuses = await Promise.all(
        ['https://shop.example.com', 'https://app.example.com', 'http://localhost:3001'].map(
          async (origin) => (await preflight(port, '/orders', origin, 'POST')).status,
        ),
      );
      expect(statuses).toEqual([204, 204, 403]);
    } finally {
      await sample.close();
    }
  });

  it('stops the boot while CORS_ORIGINS is empty', async () => {
    await expect(start('')).rejects.toMatchObject({
      name: 'CorsConfigError',
      issues: [
        {
          path: 'CORS_ORIGINS',
          value: '',
          reason: 'origin-empty',
          message: expect.stringMatching(
            /^Expected `CORS_ORIGINS` to be set, got `''` \(string\)\. There is no default: /,
          ),
        },
      ],
    });
  });

  it('stops the boot while an origin of CORS_ORIGINS is wrong', async () => {
    await expect(start('http://localhost:3001, app.example.com')).rejects.toMatchObject({
      name: 'CorsConfigError',
      issues: [{ path: 'CORS_ORIGINS[1]', reason: 'origin-without-scheme' }],
    });
  });

  it('says which variable to set when the port of the API is taken', async () => {
    const other = await start('https://app.example.com');
    const { port } = new URL(other.apiUrl);
    try {
      await expect(start('https://app.example.com', port)).rejects.toThrow(
        `: PORT=${Number(port) + 10}.`,
      );
    } finally {
      await other.close();
    }
  });

  it('leaves nothing open when the port of the page is taken', async () => {
    const closed = await start('https://app.example.com');
    await closed.close();
    const other = await start('https://app.example.com');
    const port = new URL(closed.apiUrl).port;
    try {
      const failing = start('https://app.example.com', port, new URL(other.pageUrl).port);
      const taken = new URL(other.pageUrl).port;
      await expect(failing).rejects.toThrow(
        `Port ${taken} is taken. Stop the program that listens on it, or set another one: PAGE_PORT=${Number(taken) + 10}.`,
      );
      await expect(send(Number(port), 'GET', '/orders')).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      });
    } finally {
      await other.close();
    }
  });
});
