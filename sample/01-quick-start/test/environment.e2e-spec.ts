import { ExpressAdapter } from '@nestjs/platform-express';
import { CorsConfigError } from 'nestjs-cors';
import { preflight, send } from '../../../test/support/send.js';
import type { RunningSample } from '../src/start-sample.js';

/** Importing the sample reads `.env`: a real environment variable has to be there before. */
async function start(
  origins: string | undefined,
  port = '0',
  pagePort = '0',
): Promise<RunningSample> {
  process.env['PORT'] = port;
  process.env['PAGE_PORT'] = pagePort;
  if (origins === undefined) delete process.env['CORS_ORIGINS'];
  else process.env['CORS_ORIGINS'] = origins;
  const { startSample } = await import('../src/start-sample.js');
  if (origins === undefined) delete process.env['CORS_ORIGINS'];
  return startSample(new ExpressAdapter(), { abortOnError: false, logger: false });
}

async function refusal(origins: string | undefined): Promise<unknown> {
  const error: unknown = await start(origins).then(
    () => new Error('The sample started.'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof CorsConfigError) return error.issues;
  throw error;
}

describe('the environment of the samples', () => {
  it('wins over .env, and is a list', async () => {
    const sample = await start('https://shop.example.com,https://app.example.com');
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

  it.each([
    ['empty', ''],
    ['unset', undefined],
  ])('stops the boot while CORS_ORIGINS is %s', async (_, origins) => {
    expect(await refusal(origins)).toEqual([
      {
        path: 'forRoot().origin[0]',
        value: '',
        reason: 'origin-empty',
        message:
          "Expected `origin[0]` to be an origin, got `''` (string). Is the environment variable it comes from set?",
      },
    ]);
  });

  it('leaves nothing open when the port of the page is taken', async () => {
    const closed = await start('https://app.example.com');
    await closed.close();
    const other = await start('https://app.example.com');
    const port = new URL(closed.apiUrl).port;
    try {
      const failing = start('https://app.example.com', port, new URL(other.pageUrl).port);
      await expect(failing).rejects.toMatchObject({ code: 'EADDRINUSE', syscall: 'listen' });
      await expect(send(Number(port), 'GET', '/orders')).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      });
    } finally {
      await other.close();
    }
  });
});
