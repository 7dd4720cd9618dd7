import { type CallHandler, Controller, type ExecutionContext, Get } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { firstValueFrom, of } from 'rxjs';
import { CorsInterceptor } from '../../lib/cors.interceptor.js';
import type { CorsRuntime } from '../../lib/cors.runtime.js';
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

const next: CallHandler = { handle: () => of('handled') };

function contextOf(type: string, response: object, handler: Function): ExecutionContext {
  const host = new ExecutionContextHost([{}, response], DecoratedController, handler);
  host.setType(type);
  return host;
}

function interceptorWith(settled: unknown[], late = false, refusal?: Error) {
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
      global: policy(),
      policies: [compiled, compiled],
      paths: [],
      named: new Map(),
      candidate: undefined,
      rejectDisallowed: false,
    },
  );
  const settle = (...args: unknown[]) => {
    settled.push(args);
    return late ? Promise.resolve() : undefined;
  };
  return new CorsInterceptor({
    policies,
    gate: { settle, refusalOf: () => refusal },
  } as unknown as CorsRuntime);
}

const { handler } = DecoratedController.prototype;
const raw = { statusCode: 200 };

it.each([
  ['a response of Express', raw, raw, false],
  ['a reply of Fastify', { raw }, raw, false],
  ['a function that takes its time', raw, raw, true],
])('settles the policy of the handler that runs: %s', async (_, response, settledOn, late) => {
  const settled: unknown[] = [];
  const result = interceptorWith(settled, late).intercept(
    contextOf('http', response, handler),
    next,
  );
  expect([await firstValueFrom(result), settled]).toEqual(['handled', [[settledOn, 1]]]);
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

it('refuses instead of the handler, where the gate says so', async () => {
  const refusal = new Error('refused');
  const result = interceptorWith([], false, refusal).intercept(
    contextOf('http', raw, handler),
    next,
  );
  await expect(firstValueFrom(result)).rejects.toBe(refusal);
});
