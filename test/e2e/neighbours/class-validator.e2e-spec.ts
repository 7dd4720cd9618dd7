import { Body, Controller, Module, Put, ValidationPipe } from '@nestjs/common';
import { ArrayMaxSize, IsArray } from 'class-validator';
import { CorsModule, CorsService } from 'nestjs-cors';
import { IsCorsOrigin } from 'nestjs-cors/class-validator';
import { PLATFORMS, startApp } from '../../support/platforms.js';
import { send } from '../../support/send.js';
import type { StartedApp } from '../../support/start-on.js';

const ADMIN = 'https://admin.example.com';
const PARTNER = 'https://partner.example.com';

class OriginsDto {
  @IsArray()
  @ArrayMaxSize(100)
  @IsCorsOrigin({ each: true })
  readonly origins!: string[];
}

@Controller('origins')
class OriginsController {
  constructor(private readonly cors: CorsService) {}

  @Put()
  async replace(@Body() { origins }: OriginsDto): Promise<void> {
    await this.cors.update({ origin: [ADMIN, ...origins] });
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: [ADMIN] })],
  controllers: [OriginsController],
})
class AppModule {}

describe.each(PLATFORMS)('@IsCorsOrigin() in a DTO: $platform', ({ platform }) => {
  let started: StartedApp;

  beforeAll(async () => {
    started = await startApp(platform, AppModule, {
      configure: (app) => app.useGlobalPipes(new ValidationPipe({ transform: true })),
    });
  });

  afterAll(() => started.app.close());

  const put = async (origins: unknown) => {
    const headers = { origin: ADMIN, 'content-type': 'application/json' };
    const body = JSON.stringify({ origins });
    const answer = await send(started.port, 'PUT', '/origins', headers, body);
    return {
      status: answer.status,
      cors: answer.cors,
      messages: answer.status < 400 ? [] : (JSON.parse(answer.body).message as string[]),
    };
  };
  const allowedOrigin = async () => {
    const answer = await send(started.port, 'GET', '/', { origin: PARTNER });
    return answer.cors['access-control-allow-origin'];
  };

  it('refuses a body with a wrong origin, in the words of the module, readable for the page', async () => {
    expect(await put([PARTNER, `${PARTNER}/`])).toEqual({
      status: 400,
      cors: { 'access-control-allow-origin': ADMIN, vary: 'Origin' },
      messages: [
        expect.stringContaining(
          "Expected `origins[1]` to have no slash at the end, got `'https://partner.example.com/'` (string). Write `'https://partner.example.com'`.",
        ),
      ],
    });
    expect(await allowedOrigin()).toBeUndefined();
  });

  it.each([
    ['a string', PARTNER],
    ['a number', 1],
    ['nothing', undefined],
    ['numbers', [1]],
    ['objects', [{ origin: PARTNER }]],
    ['any origin beside another', ['*', PARTNER]],
  ])('refuses %s', async (_, origins) => {
    expect((await put(origins)).status).toBe(400);
    expect(await allowedOrigin()).toBeUndefined();
  });

  it('takes what the policy takes', async () => {
    expect((await put([PARTNER, 'https://*.partner.example.com'])).status).toBe(200);
    expect(await allowedOrigin()).toBe(PARTNER);
  });
});
