import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Controller, Get, Module } from '@nestjs/common';
import { CorsModule, type CorsDecisionEvent } from 'nestjs-cors';
import { collectingLogger } from '../support/collecting-logger.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';
const FILES = 'https://files.example.com';
const EVIL = 'https://evil.example.org';

@Controller('orders')
class OrdersController {
  @Get(':id') one() {
    return {};
  }
}

@Module({
  imports: [
    CorsModule.forRoot({
      origin: APP,
      diagnostics: true,
      paths: { '/files/*': { origin: FILES } },
    }),
  ],
  controllers: [OrdersController],
})
class AppModule {}

interface RouteAdapter {
  get(path: string, handler: (request: unknown, reply: { send(body: string): void }) => void): void;
}

describe.each(PLATFORMS)(
  'a route of no controller, under `paths`, on $platform',
  ({ platform }) => {
    it('is one route in events and in the log, whatever its parameters', async () => {
      const warnings: string[] = [];
      const events: CorsDecisionEvent[] = [];
      const record = (event: unknown) => void events.push(event as CorsDecisionEvent);
      const { app, port } = await startApp(platform, AppModule, {
        logger: collectingLogger('warn', warnings),
        configure: (created) => {
          const adapter = created.getHttpAdapter() as unknown as RouteAdapter;
          adapter.get('/files/:id', (_request, reply) => reply.send('file'));
        },
      });
      subscribe('nestjs-cors:decision', record);
      try {
        for (const id of [1, 2, 3]) {
          await send(port, 'GET', `/files/${id}?secret=1`, { origin: EVIL });
          await preflight(port, `/files/${id}`, EVIL, 'GET');
        }
        await send(port, 'GET', '/files/4', { origin: FILES });
      } finally {
        unsubscribe('nestjs-cors:decision', record);
        await app.close();
      }
      expect(warnings).toEqual([
        `GET /files/:id from ${EVIL}: its policy does not allow this origin. If it is yours, add '${EVIL}' to \`origin\` in forRoot().paths['/files/*'].`,
      ]);
      expect(new Set(events.map(({ route, handler }) => `${route} ${handler}`))).toEqual(
        new Set(['/files/:id null']),
      );
      expect(events.at(-1)).toMatchObject({ outcome: 'allowed', origin: FILES, preflight: false });
    });
  },
);
