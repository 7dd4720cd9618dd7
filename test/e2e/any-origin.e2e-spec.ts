import { Controller, Module, Put } from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';
import { collectingLogger } from '../support/collecting-logger.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

@Controller()
class FeedController {
  @Put('open') open() {
    return {};
  }
  @Put('closed') @Cors({ origin: 'https://app.example.com' }) closed() {
    return {};
  }
}

@Module({ imports: [CorsModule.forRoot({ origin: '*' })], controllers: [FeedController] })
class AppModule {}

describe.each(PLATFORMS)("origin: '*' on $platform", ({ platform }) => {
  it.each(['file://', 'garbage', 'https://Upper.Example', `x${'y'.repeat(511)}`])(
    'the preflight of %j was refused, although the response is `*`',
    async (origin) => {
      const { app, port } = await startApp(platform, AppModule);
      const before = await preflight(port, '/open', origin, 'PUT');
      const actual = await send(port, 'PUT', '/open', { origin });
      await app.close();
      expect([before.status, before.cors, actual.status, actual.cors]).toEqual([
        204,
        {
          'access-control-allow-origin': '*',
          'access-control-allow-methods': 'PUT',
          'access-control-max-age': '600',
        },
        200,
        { 'access-control-allow-origin': '*' },
      ]);
    },
  );

  it('beyond 512 bytes it is refused, and the log no longer says that no browser sends file://', async () => {
    const warnings: string[] = [];
    const logger = collectingLogger('warn', warnings);
    const { app, port } = await startApp(platform, AppModule, { logger });
    const long = await preflight(port, '/open', `x${'y'.repeat(512)}`, 'PUT');
    const file = await preflight(port, '/closed', 'file://', 'PUT');
    await app.close();
    expect([long.status, long.cors, file.status, file.cors]).toEqual([
      403,
      {},
      403,
      { vary: 'Origin' },
    ]);
    expect(warnings[1]).toBe(
      "PUT /closed (FeedController.closed) from file://: its Origin header is not an origin (scheme://host[:port], at most 512 bytes), so no list can name it. Some web views send `file://`: serve the page from an origin. Only `origin: '*'` allows it.",
    );
  });
});
