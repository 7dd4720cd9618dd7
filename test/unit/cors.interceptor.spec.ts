import { type CallHandler, Controller, type ExecutionContext, Get } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { firstValueFrom, of } from 'rxjs';
import { CorsInterceptor } from '../../lib/cors.interceptor.js';
import type { CorsRuntime } from '../../lib/cors.runtime.js';
import type { Platform } from '../../lib/platform/platform.js';
import { PLATFORMS } from '../../lib/platform/platforms.js';
import { PolicyRegistry } from '../../lib/routing/policy-registry.js';
import { policy } from './policy/policies.js';

@Controller()
class DecoratedController {
  @Get() handler() {
    return {};
  }
}

// As a decorator leaves it that wraps the method.
Object.defineProperty(DecoratedController.prototype.handler, 'name', { value: '' });

interface Behaviour {
  readonly late?: boolean;
  readonly refusal?: Error;
  readonly platform?: Platform | undefined;
}

const next: CallHandler = { handle: () => of('handled') };

function contextOf(type: string, response: object, handler: Function): ExecutionContext {
  const host = new ExecutionContextHost([{}, response], DecoratedController, handler);
  host.setType(type);
  return host;
}

function interceptorWith(
  settled: unknown[],
  { late = false, refusal, platform = PLATFORMS['express'] }: Behaviour = {},
) {
  const compiled = { policy: policy(), declared: false } as const;
  const policies = new PolicyRegistry(
    [
      {
        controller: DecoratedController,
        handler: 'handler',
        callback: DecoratedController.prototype.handler,
      },
    ],
    {
      policies: [compiled, compiled],
      paths: [],
      named: new Map(),
      candidate: undefined,
      application: {
        rejectDisallowed: false,
        dangerouslyAllowInsecureOrigins: false,
        dangerouslyAllowPublicSuffixes: false,
      },
      warnings: [],
      diagnostics: undefined,
    },
  );
  const onHandler = (...args: unknown[]) => {
    settled.push(args);
    return late ? Promise.resolve() : undefined;
  };
  return new CorsInterceptor({
    policies,
    pipeline: { onHandler, refusalOf: () => refusal },
    platform: () => platform,
  } as unknown as CorsRuntime);
}

const { handler } = DecoratedController.prototype;
const raw = { statusCode: 200 };

it.each([
  ['a response of Express', 'express', raw, false],
  ['a reply of Fastify', 'fastify', { raw }, false],
  ['a function that takes its time', 'express', raw, true],
])('applies the policy of the handler that runs: %s', async (_, type, response, late) => {
  const settled: unknown[] = [];
  const result = interceptorWith(settled, { late, platform: PLATFORMS[type] }).intercept(
    contextOf('http', response, handler),
    next,
  );
  expect([await firstValueFrom(result), settled]).toEqual(['handled', [[raw, 1]]]);
});

it.each([
  ['a context without HTTP', 'graphql', handler],
  ['a handler that no controller has', 'http', () => undefined],
])('leaves %s alone', async (_, type, called) => {
  const settled: unknown[] = [];
  const result = interceptorWith(settled).intercept(contextOf(type, raw, called), next);
  expect([await firstValueFrom(result), settled]).toEqual(['handled', []]);
});

it('passes on without the module', async () => {
  const result = new CorsInterceptor().intercept(contextOf('http', raw, handler), next);
  expect(await firstValueFrom(result)).toBe('handled');
});

it('refuses instead of calling the handler, where the pipeline refuses', async () => {
  const refusal = new Error('refused');
  const result = interceptorWith([], { refusal }).intercept(contextOf('http', raw, handler), next);
  await expect(firstValueFrom(result)).rejects.toBe(refusal);
});
