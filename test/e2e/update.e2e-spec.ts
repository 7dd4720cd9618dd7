import { jest } from '@jest/globals';
import {
  Controller,
  Get,
  Injectable,
  type DynamicModule,
  type INestApplication,
} from '@nestjs/common';
import { Cors, CorsConfigError, CorsModule, CorsService } from 'nestjs-cors';
import { preflight, send } from '../support/send.js';
import { startWay, WAYS } from '../support/ways.js';

const APP = 'https://app.example.com';
const NEW = 'https://new.example.com';
const PARTNER = 'https://partner.example.com';

/** An origin function that answers only when the test makes it answer. */
class Held {
  readonly asked: Promise<void>;
  release: (isAllowed: boolean) => void = () => undefined;
  private tell: () => void = () => undefined;
  constructor() {
    this.asked = new Promise((resolve) => (this.tell = resolve));
  }
  readonly decide = (): Promise<boolean> => {
    this.tell();
    return new Promise((resolve) => (this.release = resolve));
  };
}

@Controller()
class AppController {
  @Get('global') global() {
    return {};
  }
  @Get('partner') @Cors('partner') partner() {
    return {};
  }
  @Get('mixed') @Cors({ policy: 'partner', maxAge: 5 }) mixed() {
    return {};
  }
}

@Injectable()
class Unfinished {}

const application = (): DynamicModule => ({
  module: class AppModule {},
  imports: [
    CorsModule.forRoot({
      origin: APP,
      credentials: true,
      policies: { partner: { origin: [PARTNER], exposedHeaders: ['etag'] } },
      paths: { '/files/*': 'partner' },
    }),
  ],
  controllers: [AppController],
  providers: [Unfinished],
});

/** Which of the origins each path allows, and with which headers. */
async function allowed(port: number, path: string): Promise<string[]> {
  const origins: string[] = [];
  for (const origin of [APP, NEW, PARTNER]) {
    const answer = await send(port, 'GET', path, { origin });
    const before = await preflight(port, path, origin, 'GET');
    const says = answer.cors['access-control-allow-origin'];
    expect(before.cors['access-control-allow-origin']).toEqual(says);
    if (says !== undefined) origins.push(origin);
  }
  return origins;
}

describe.each(WAYS)('CorsService.update on $platform, $way', ({ platform, way }) => {
  let app: INestApplication;
  let port: number;
  let cors: CorsService;

  beforeEach(async () => {
    ({ app, port } = await startWay({ platform, way }, application()));
    cors = app.get(CorsService);
  });
  afterEach(() => app.close());

  const issuesOf = (update: Promise<void>) =>
    update.then(
      () => [],
      (error: unknown) =>
        error instanceof CorsConfigError
          ? error.issues.map(({ path, reason }) => `${path} ${reason}`)
          : [error],
    );

  it('changes the global policy, option by option', async () => {
    await cors.update({ origin: [NEW] });
    expect(await allowed(port, '/global')).toEqual([NEW]);
    expect((await send(port, 'GET', '/global', { origin: NEW })).cors).toEqual({
      'access-control-allow-origin': NEW,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
    await cors.update({ credentials: false });
    expect((await send(port, 'GET', '/global', { origin: NEW })).cors).toEqual({
      'access-control-allow-origin': NEW,
      vary: 'Origin',
    });
    expect(await allowed(port, '/partner')).toEqual([PARTNER]);
  });

  it('changes a named policy wherever it is used', async () => {
    await cors.update('partner', { origin: [NEW, APP] });
    expect(await Promise.all(['/partner', '/mixed', '/files/a'].map((path) => allowed(port, path))))
      // In the order they were asked
      .toEqual([
        [APP, NEW],
        [APP, NEW],
        [APP, NEW],
      ]);
    expect(await allowed(port, '/global')).toEqual([APP]);
    expect((await send(port, 'GET', '/mixed', { origin: NEW })).cors).toEqual({
      'access-control-allow-origin': NEW,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'etag',
      vary: 'Origin',
    });
  });

  it('applies updates in order, even where an earlier one has to load something', async () => {
    const changing = { origin: 'https://*.example.com' };
    const updates = [
      cors.update(changing),
      cors.update({ maxAge: 1 }),
      cors.update({ origin: `${NEW}/` }),
      cors.update('partner', { origin: ['https://*.example.com'] }),
      cors.update({ origin: [NEW] }),
    ];
    changing.origin = PARTNER;
    expect(await Promise.all(updates.map(issuesOf))).toEqual([
      [],
      [],
      ['CorsService.update().origin origin-trailing-slash'],
      [],
      [],
    ]);
    expect(await allowed(port, '/global')).toEqual([NEW]);
    expect(await allowed(port, '/partner')).toEqual([APP, NEW, PARTNER]);
    const { policy } = cors.routes()[0] ?? {};
    expect(typeof policy === 'object' && policy['maxAge']).toEqual({
      value: 1,
      from: 'CorsService.update()',
    });
  });

  it('refuses a pattern over a public suffix, although none was written at the start', async () => {
    expect(
      await issuesOf(cors.update('partner', { origin: 'https://*.github.io', credentials: true })),
    ).toEqual(["CorsService.update('partner').origin origin-public-suffix"]);
    expect(await allowed(port, '/partner')).toEqual([PARTNER]);
  });

  it('shows in routes() where each option now comes from', async () => {
    await cors.update('partner', { maxAge: 60 });
    const [, partner] = cors.routes();
    expect(
      typeof partner?.policy === 'object' && [partner.policy['origin'], partner.policy['maxAge']],
    ).toEqual([
      { value: [PARTNER], from: 'forRoot().policies.partner' },
      { value: 60, from: "CorsService.update('partner')" },
    ]);
  });

  it.each<[what: string, update: (cors: CorsService) => Promise<void>, ...issues: string[]]>([
    ['no object', (c) => c.update(undefined as never), 'CorsService.update() update-wrong-type'],
    [
      'a list',
      (c) => c.update('partner', [NEW] as never),
      "CorsService.update('partner') update-wrong-type",
    ],
    [
      'an unknown policy',
      (c) => c.update('partnr', { origin: NEW }),
      "CorsService.update('partnr') unknown-policy",
    ],
    [
      'an unknown option',
      (c) => c.update({ orign: NEW } as never),
      'CorsService.update().orign unknown-option',
    ],
    [
      'what holds for the application',
      (c) => c.update({ diagnostics: true } as never),
      'CorsService.update().diagnostics misplaced-option',
    ],
    [
      'a malformed origin',
      (c) => c.update('partner', { origin: [NEW, `${NEW}/`] }),
      "CorsService.update('partner').origin[1] origin-trailing-slash",
    ],
    [
      'a dangerous combination',
      (c) => c.update('partner', { origin: '*' }),
      "CorsService.update('partner').origin wildcard-origin-with-credentials",
    ],
    [
      'a forgotten value',
      (c) => c.update({ origin: undefined } as never),
      'CorsService.update().origin origin-undefined',
    ],
    [
      'a class that nobody provides',
      (c) => c.update({ origin: class Nobodys {} as never }),
      'CorsService.update().origin resolver-not-injectable',
    ],
    [
      'a class that cannot be asked',
      (c) => c.update('partner', { origin: Unfinished as never }),
      'origin: Unfinished resolver-without-is-allowed',
    ],
  ])('refuses %s, and changes nothing', async (_, update, ...issues) => {
    const before = cors.describeRoutes();
    expect(await issuesOf(update(cors))).toEqual(issues);
    expect(cors.describeRoutes()).toBe(before);
    expect(await allowed(port, '/global')).toEqual([APP]);
    expect(await allowed(port, '/partner')).toEqual([PARTNER]);
    // Nor does what was refused come back with the next one.
    await cors.update({ maxAge: 5 });
    expect(await allowed(port, '/global')).toEqual([APP]);
  });

  it('lets requests in flight keep the policy they started with', async () => {
    const held = new Held();
    await cors.update({ origin: held.decide });
    const flying = send(port, 'GET', '/global', { origin: NEW });
    await held.asked;
    await cors.update({ credentials: false, origin: APP });
    const later = send(port, 'GET', '/global', { origin: NEW });
    expect((await later).cors).toEqual({ vary: 'Origin' });
    held.release(true);
    expect((await flying).cors).toEqual({
      'access-control-allow-origin': NEW,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
  });

  it('gives requests that come while it compiles the old policy, all of it, then the new one', async () => {
    let now = 0;
    // Each step of the update is a slice, between which requests are served.
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 100));
    const from = async (path: string) => ({
      response: (await send(port, 'GET', path, { origin: APP })).cors,
      preflight: (await preflight(port, path, APP, 'GET')).cors,
    });
    const before = await from('/global');
    const progress = { isUpdated: false };
    const update = cors
      .update({
        credentials: false,
        exposedHeaders: ['x-new'],
        maxAge: 7,
        origin: Array.from(
          { length: 20_000 },
          (_, index) => `https://a${index}.example.com`,
        ).concat(APP),
      })
      .finally(() => (progress.isUpdated = true));
    const meanwhile: object[] = [];
    const answers: object[] = [];
    try {
      while (!progress.isUpdated) {
        const answer = (await send(port, 'GET', '/global', { origin: APP })).cors;
        answers.push(answer);
        if (!progress.isUpdated) meanwhile.push(answer);
      }
      await update;
    } finally {
      clock.mockRestore();
    }
    const after = await from('/global');
    expect([before, after]).toEqual([
      {
        response: {
          'access-control-allow-origin': APP,
          'access-control-allow-credentials': 'true',
          vary: 'Origin',
        },
        preflight: {
          'access-control-allow-origin': APP,
          'access-control-allow-credentials': 'true',
          'access-control-allow-methods': 'GET',
          'access-control-max-age': '600',
          vary: 'Origin',
        },
      },
      {
        response: {
          'access-control-allow-origin': APP,
          'access-control-expose-headers': 'x-new',
          vary: 'Origin',
        },
        preflight: {
          'access-control-allow-origin': APP,
          'access-control-allow-methods': 'GET',
          'access-control-max-age': '7',
          vary: 'Origin',
        },
      },
    ]);
    expect(meanwhile.length).toBeGreaterThan(0);
    expect(new Set(meanwhile.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify(before.response)]),
    );
    for (const answer of answers) expect([before.response, after.response]).toContainEqual(answer);
  });
});
