import { Controller, Get, Module, Post, Put, type INestApplication } from '@nestjs/common';
import { Cors, CorsModule, CorsService } from 'nestjs-cors';
import { runCli } from '../../lib/cli/run-cli.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { recorder } from '../unit/cli/recorder.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example.org';

@Controller('orders')
class OrdersController {
  @Get(':id') one() {
    return {};
  }
  @Put(':id') @Cors({ allowedHeaders: ['x-token'] }) update() {
    return {};
  }
  @Post() create() {
    return {};
  }
  @Get('feed/all') @Cors({ origin: '*', credentials: false }) feed() {
    return [];
  }
  @Get('secret/one') @Cors(false) secret() {
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: APP, credentials: true })],
  controllers: [OrdersController],
})
class AppModule {}

interface Question {
  readonly url: string;
  readonly origin?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly credentials?: boolean;
}

/** What a person would compare. */
interface Answer {
  readonly verdict: string;
  readonly message: string | null;
  readonly findings: readonly string[];
}

describe.each(PLATFORMS)('explain() and check agree on $platform', ({ platform }) => {
  let app: INestApplication;
  let port: number;
  beforeAll(async () => {
    ({ app, port } = await startApp(platform, AppModule));
  });
  afterAll(() => app.close());

  async function explained({ url, origin = APP, ...question }: Question): Promise<Answer> {
    const host = `http://127.0.0.1:${port}`;
    const { verdict, message, findings } = await app
      .get(CorsService)
      .explain({ ...question, origin, url: host + url });
    return { verdict, message, findings: findings.map(({ kind }) => kind) };
  }

  async function checked({ url, origin = APP, ...question }: Question): Promise<Answer> {
    const { terminal, out, error } = recorder();
    await runCli(
      [
        'check',
        `http://127.0.0.1:${port}${url}`,
        '--origin',
        origin,
        '--json',
        '--method',
        question.method ?? 'GET',
        ...Object.entries(question.headers ?? {}).flatMap(([name, value]) => [
          '--header',
          `${name}: ${value}`,
        ]),
        ...(question.credentials === true ? ['--credentials'] : []),
      ],
      terminal,
    );
    expect(error()).toBe('');
    const { check, message, warnings } = JSON.parse(out());
    return {
      verdict: check === null ? 'allowed' : 'blocked',
      message,
      findings: warnings.map(({ id }: { id: string }) => id),
    };
  }

  it.each<[string, Question]>([
    ['a route', { url: '/orders/7' }],
    ['a path that no route serves', { url: '/nothing/here' }],
    ['a path that no route serves, with a preflight', { url: '/nothing/here', method: 'DELETE' }],
    ['a path that no route serves, of another page', { url: '/nothing/here', origin: EVIL }],
    ['`*` with credentials', { url: '/orders/feed/all', credentials: true }],
    ['`*` without', { url: '/orders/feed/all' }],
    ['a method that is not mapped', { url: '/orders/7', method: 'DELETE' }],
    ['a method that is mapped elsewhere', { url: '/orders/7', method: 'POST' }],
    [
      'a header that is not allowed',
      { url: '/orders/7', method: 'PUT', headers: { 'x-other': '1' } },
    ],
    ['an origin that is not allowed', { url: '/orders/7', origin: EVIL }],
    ['CORS switched off', { url: '/orders/secret/one' }],
  ])('about %s', async (_, question) => {
    const [one, other] = await Promise.all([explained(question), checked(question)]);
    expect([one.verdict, one.message]).toEqual([other.verdict, other.message]);
    // `check` compares several responses, so it may know more.
    expect(other.findings).toEqual(expect.arrayContaining([...one.findings]));
    expect(one.findings.includes('ERROR_STATUS')).toBe(other.findings.includes('ERROR_STATUS'));
  });
});
