import { Controller, Get, Module } from '@nestjs/common';
import { CorsModule, CorsService, type CorsOptions } from 'nestjs-cors';
import { collectingLogger } from '../support/collecting-logger.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight } from '../support/send.js';

const APP = 'https://app.example.com';
const OLD = {
  origin: APP,
  preflightContinue: false,
  optionsSuccessStatus: 204,
  allowedHeaders: ['content-type', 'cookie'],
} as CorsOptions;

@Controller()
class PagesController {
  @Get() page() {
    return 'page';
  }
}

@Module({ imports: [CorsModule.forRoot(OLD)], controllers: [PagesController] })
class AppModule {}

describe.each(PLATFORMS)('old options that change nothing on $platform', ({ platform }) => {
  it('start, with one warning each, and those of an update as well', async () => {
    const warnings: string[] = [];
    const logger = collectingLogger('warn', warnings);
    const { app, port } = await startApp(platform, AppModule, { logger });
    try {
      const places = () => warnings.map((warning) => warning.split(' ')[0]);
      const atBoot = [
        'forRoot().preflightContinue:',
        'forRoot().optionsSuccessStatus:',
        'forRoot().allowedHeaders:',
      ];
      expect(places()).toEqual(atBoot);
      const { status, cors } = await preflight(port, '/', APP, 'GET');
      expect({ status, cors }).toEqual({
        status: 204,
        cors: {
          'access-control-allow-origin': APP,
          'access-control-allow-methods': 'GET',
          'access-control-allow-headers': 'content-type, cookie',
          'access-control-max-age': '600',
          vary: 'Origin',
        },
      });

      await app.get(CorsService).update({ maxAge: 60 });
      expect(places()).toEqual(atBoot);
      await app.get(CorsService).update({ allowedHeaders: ['host'] });
      await app.get(CorsService).update({ allowedHeaders: ['host'] });
      expect(places()).toEqual([...atBoot, 'CorsService.update().allowedHeaders:']);
    } finally {
      await app.close();
    }
  });
});
