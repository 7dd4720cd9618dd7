import { Controller, Get, Module, Put, type DynamicModule, type Provider } from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';
import { startApp, type Platform } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const PAGE = 'https://app.example.com';
const STRANGER = 'https://stranger.example.com';

@Controller('orders')
class OrdersController {
  @Get()
  list(): string {
    return 'orders';
  }

  @Put(':id')
  @Cors({ origin: STRANGER })
  update(): string {
    return 'updated';
  }

  @Get('hook')
  @Cors(false)
  hook(): string {
    return 'hook';
  }
}

@Module({})
class CountedModule {}

/** The application, with what counts its decisions. */
function countedApp(providers: Provider[]): DynamicModule {
  return {
    module: CountedModule,
    imports: [CorsModule.forRoot({ origin: PAGE })],
    controllers: [OrdersController],
    providers,
  };
}

/** How often an outcome must have been counted, for a policy and a kind of request. */
export interface Count {
  readonly outcome: string;
  readonly policy: string;
  readonly preflight: boolean;
  readonly count: number;
}

/** Starts the application, asks for some of everything, and closes it: what must have been counted. */
export async function visit(platform: Platform, providers: Provider[]): Promise<Count[]> {
  const { app, port } = await startApp(platform, countedApp(providers));
  try {
    return await askForAll(port);
  } finally {
    await app.close();
  }
}

async function askForAll(port: number): Promise<Count[]> {
  await send(port, 'GET', '/orders');
  await send(port, 'GET', '/orders', { origin: PAGE });
  await send(port, 'GET', '/orders', { origin: PAGE });
  await send(port, 'GET', '/orders', { origin: STRANGER });
  await send(port, 'GET', '/orders', { origin: 'no origin' });
  await send(port, 'GET', '/orders/hook', { origin: PAGE });
  await preflight(port, '/orders', PAGE, 'GET');
  await preflight(port, '/orders', PAGE, 'DELETE');
  await preflight(port, '/orders/1', PAGE, 'PUT', 'content-type');
  await preflight(port, '/orders/1', STRANGER, 'PUT', 'content-type');
  const update = '@Cors() on OrdersController.update';
  return [
    { outcome: 'not-a-cors-request', policy: 'forRoot()', preflight: false, count: 1 },
    { outcome: 'allowed', policy: 'forRoot()', preflight: false, count: 2 },
    { outcome: 'origin-not-allowed', policy: 'forRoot()', preflight: false, count: 1 },
    { outcome: 'malformed-origin', policy: 'forRoot()', preflight: false, count: 1 },
    { outcome: 'cors-disabled', policy: 'false', preflight: false, count: 1 },
    { outcome: 'allowed', policy: 'forRoot()', preflight: true, count: 1 },
    { outcome: 'method-not-allowed', policy: 'forRoot()', preflight: true, count: 1 },
    { outcome: 'origin-not-allowed', policy: update, preflight: true, count: 1 },
    { outcome: 'allowed', policy: update, preflight: true, count: 1 },
  ];
}

/** In one order, so that lists can be compared. */
export function sorted(counts: readonly Count[]): Count[] {
  return counts.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}
