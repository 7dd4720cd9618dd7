import { Controller, Get, Module, Put } from '@nestjs/common';
import { Cors, CorsConfigError, CorsModule, CorsService, type CorsOptions } from 'nestjs-cors';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

@Controller()
class OrdersController {
  @Get('orders') list() {
    return [];
  }
  @Put('exploding') @Cors({ origin: /^https:\/\/(?:www\.|[a-z0-9-]+\.)*example\.com$/ }) put() {
    return {};
  }
  @Put('splitting')
  @Cors({ origin: /^https:\/\/(?:[a-z0-9-]+\.?){1,4}(?<=\.)example\.com$/ })
  pat() {
    return {};
  }
}

const appOf = (options: CorsOptions) => {
  @Module({ imports: [CorsModule.forRoot(options)], controllers: [OrdersController] })
  class AppModule {}
  return AppModule;
};

const HOSTILE = `https://${'www.'.repeat(120)}example.org`;

describe.each(PLATFORMS)('origins by their form on $platform', ({ platform }) => {
  it('one origin that does not match held the process for years: each is one walk now', async () => {
    const options = { origin: 'https://app.example.com', credentials: true };
    const { app, port } = await startApp(platform, appOf(options));
    const answers = [];
    for (const path of ['/exploding', '/splitting']) {
      const refused = await preflight(port, path, HOSTILE, 'PUT');
      const allowed = await preflight(port, path, 'https://www.a.example.com', 'PUT');
      answers.push([refused.status, refused.cors, allowed.status, allowed.cors]);
    }
    await app.close();
    const allowed = {
      'access-control-allow-origin': 'https://www.a.example.com',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'PUT',
      'access-control-max-age': '600',
      vary: 'Origin',
    };
    const answer = [403, { vary: 'Origin' }, 204, allowed];
    expect(answers).toEqual([answer, answer]);
  });

  it('a part of a label and a dot at the end were refused, although pages have such origins', async () => {
    const origin = ['https://my-app-*.example.com', 'https://app.example.com.'];
    const { app, port } = await startApp(platform, appOf({ origin, credentials: true }));
    const answerTo = async (from: string) =>
      (await send(port, 'GET', '/orders', { origin: from })).cors;
    const pages = ['https://my-app-fix-7.example.com', 'https://app.example.com.'];
    const others = [
      'https://my-app-.example.com',
      'https://my-app-a.b.example.com',
      'https://my-app-fix-7.example.com.',
      'https://app.example.com',
    ];
    const answers = await Promise.all([...pages, ...others].map(answerTo));
    await app.close();
    expect(answers).toEqual([
      ...pages.map((page) => ({
        'access-control-allow-origin': page,
        'access-control-allow-credentials': 'true',
        vary: 'Origin',
      })),
      ...others.map(() => ({ vary: 'Origin' })),
    ]);
  });

  it.each<[what: string, origin: CorsOptions['origin'], witness: string]>([
    ['a missing dot', /^https:\/\/.*example\.com$/, 'https://evilexample.com'],
    ['an open end', /^https:\/\/app\.example\.com.*$/, 'https://app.example.com.evil.example'],
    ['an open top-level domain', /^https:\/\/.*\.[a-z]{2,4}$/, 'https://evil.com'],
    ['a public suffix', /^https:\/\/[a-z0-9-]+\.vercel\.app$/, 'https://evil.vercel.app'],
    ['the same as a string', 'https://*.vercel.app', 'https://evil.vercel.app'],
    ['http', /^https?:\/\/app\.example\.com$/, 'http://app.example.com'],
  ])('with credentials, %s let strangers in', async (_, origin, witness) => {
    const start = startApp(platform, appOf({ origin, credentials: true }));
    const message = await start.then(
      () => 'It starts.',
      (error: unknown) => (error instanceof CorsConfigError ? error.message : String(error)),
    );
    expect(message).toContain(`\`${witness}\``);
  });

  it('an update with a RegExp, although none was written at the start', async () => {
    const { app, port } = await startApp(platform, appOf({ origin: 'https://app.example.com' }));
    const cors = app.get(CorsService);
    await cors.update({ origin: /^https:\/\/[a-z]+\.example\.com$/ });
    const { cors: headers } = await send(port, 'GET', '/orders', {
      origin: 'https://a.example.com',
    });
    const refused = await cors
      .update({ origin: /^https:\/\/[a-z.]+example\.com$/, credentials: true })
      .catch((error: unknown) => error);
    await app.close();
    expect(headers).toEqual({
      'access-control-allow-origin': 'https://a.example.com',
      vary: 'Origin',
    });
    expect(refused).toBeInstanceOf(CorsConfigError);
  });
});
