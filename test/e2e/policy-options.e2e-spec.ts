import { Controller, Module, Put } from '@nestjs/common';
import { CorsModule, type CorsPolicyOptions } from 'nestjs-cors';
import { PLATFORMS, startApp, type Platform } from '../support/platforms.js';
import { preflight, send } from '../support/send.js';

const APP = 'https://app.example.com';

@Controller('orders')
class OrdersController {
  @Put() update() {
    return {};
  }
}

/** Two values of each option, and the headers of a preflight and of a response that tell them apart. */
const EFFECTS: {
  readonly [K in keyof CorsPolicyOptions]-?: {
    readonly values: readonly [
      NonNullable<CorsPolicyOptions[K]>,
      NonNullable<CorsPolicyOptions[K]>,
    ];
    readonly preflight: readonly string[];
    readonly response: readonly string[];
  };
} = {
  origin: {
    values: [APP, '*'],
    preflight: ['access-control-allow-origin', 'vary'],
    response: ['access-control-allow-origin', 'vary'],
  },
  methods: {
    values: [['PUT'], ['PUT', 'PATCH']],
    preflight: ['access-control-allow-methods'],
    response: [],
  },
  allowedHeaders: {
    values: ['*', ['x-a', 'x-b']],
    preflight: ['access-control-allow-headers'],
    response: [],
  },
  exposedHeaders: {
    values: [[], ['etag']],
    preflight: [],
    response: ['access-control-expose-headers'],
  },
  credentials: {
    values: [false, true],
    preflight: ['access-control-allow-credentials'],
    response: ['access-control-allow-credentials'],
  },
  maxAge: { values: [60, 600], preflight: ['access-control-max-age'], response: [] },
  timingAllowOrigin: {
    values: [false, true],
    preflight: [],
    response: ['timing-allow-origin'],
  },
};

/** What a page gets to see under a policy. */
async function headersUnder(platform: Platform, changes: Partial<CorsPolicyOptions>) {
  @Module({
    imports: [CorsModule.forRoot({ origin: APP, ...changes })],
    controllers: [OrdersController],
  })
  class AppModule {}
  const { app, port } = await startApp(platform, AppModule);
  try {
    const preflighted = await preflight(port, '/orders', APP, 'PUT', 'x-a');
    const answered = await send(port, 'PUT', '/orders', { origin: APP });
    return { preflight: preflighted.cors, response: answered.cors };
  } finally {
    await app.close();
  }
}

type Headers = Awaited<ReturnType<typeof headersUnder>>['response'];

function differing(a: Headers, b: Headers): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => String(a[name]) !== String(b[name])).toSorted();
}

describe.each(PLATFORMS)('each option of a policy has its effect on $platform', ({ platform }) => {
  it.each(Object.entries(EFFECTS))('%s', async (option, effect) => {
    const [one, other] = await Promise.all(
      effect.values.map((value) => headersUnder(platform, { [option]: value })),
    );
    expect({
      preflight: differing(one?.preflight ?? {}, other?.preflight ?? {}),
      response: differing(one?.response ?? {}, other?.response ?? {}),
    }).toEqual({ preflight: effect.preflight, response: effect.response });
  });
});
