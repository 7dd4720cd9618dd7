import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { type CorsBlockReason, expectCors } from '../../../lib/testing/index.js';
import type { CorsCallOptions } from '../../../lib/testing/cors-call.js';
import { PLATFORMS } from '../../support/platforms.js';
import { APP, EVIL, OrdersModule } from './orders-app.js';

const json: CorsCallOptions = { headers: { 'content-type': 'application/json' } };

describe.each(PLATFORMS)('expectCors() on $platform', ({ adapter }) => {
  let app: INestApplication;
  beforeAll(async () => {
    app = await NestFactory.create(OrdersModule, adapter(), { logger: false });
    await app.init();
  });
  afterAll(() => app.close());

  it.each<[string, string, CorsCallOptions]>([
    ['GET', '/orders', {}],
    ['GET', '/orders', { credentials: true, browser: 'safari' }],
    ['HEAD', '/orders', {}],
    ['PUT', '/orders/1', { ...json, credentials: true }],
    ['PUT', '/orders/1', { ...json, browser: 'firefox' }],
    ['GET', '/orders/closed', {}],
    ['GET', '/nowhere', {}],
    ['GET', '/orders/old', {}],
    ['GET', 'https://api.example.com/orders/feed', {}],
  ])('%s %s %j is allowed', async (method, path, options) => {
    const page = expectCors(app).from(APP);
    const { verdict } = await page.request(method, path, options).toBeAllowed();
    expect(verdict).toBe('allowed');
  });

  it.each<[string, string, string, CorsCallOptions, CorsBlockReason]>([
    ['GET', '/orders', EVIL, {}, 'origin-not-allowed'],
    ['GET', '/orders', 'null', {}, 'origin-not-allowed'],
    ['PUT', '/orders/1', EVIL, json, 'origin-not-allowed'],
    ['GET', '/nowhere', EVIL, {}, 'origin-not-allowed'],
    ['POST', '/orders/hook', APP, {}, 'cors-disabled'],
    ['POST', '/orders/hook', APP, json, 'cors-disabled'],
    ['DELETE', '/orders/1', APP, {}, 'method-not-allowed'],
    ['PUT', '/orders/1', APP, { headers: { 'x-a': '1' } }, 'header-not-allowed'],
    ['GET', '/orders/feed', APP, { credentials: true }, 'credentials-not-allowed'],
    ['TRACE', '/orders', APP, {}, 'not-sent'],
  ])('%s %s from %s %j is blocked: %s', async (method, path, origin, options, reason) => {
    const call = () => expectCors(app).from(origin).request(method, path, options);
    const { verdict } = await call().toBeBlocked(reason);
    expect(verdict).toBe('blocked');
    await call().toBeBlocked();
  });

  it('has a method for each common method', async () => {
    const page = expectCors(app).from(APP);
    const { steps: get } = await page.get('/orders').toBeAllowed();
    const { steps: head } = await page.head('/orders').toBeAllowed();
    const { steps: post } = await page.post('/orders').toBeAllowed();
    const { steps: put } = await page.put('/orders/1').toBeAllowed();
    const { steps: patch } = await page.patch('/orders/1').toBeBlocked();
    const { steps: remove } = await page.delete('/orders/1').toBeBlocked();
    const sent = [get, head, post, put].map((steps) => steps.at(-1)?.request.method);
    expect(sent).toEqual(['GET', 'HEAD', 'POST', 'PUT']);
    const requested = [patch, remove].map((steps) => steps.at(-1)?.request.headers[1]);
    expect(requested).toEqual([
      ['Access-Control-Request-Method', 'PATCH'],
      ['Access-Control-Request-Method', 'DELETE'],
    ]);
  });

  it('says what was sent, what came back, and why, when a request is not allowed', async () => {
    const call = expectCors(app).from(APP).delete('/orders/1', { credentials: true });
    await expect(call.toBeAllowed()).rejects.toEqual(
      new Error(
        [
          'Expected DELETE /orders/1 from https://app.example.com with credentials to be allowed, but it is blocked: method-not-allowed.',
          '',
          '  OPTIONS http://localhost/orders/1 -> 204  <- METHOD',
          '    > Access-Control-Request-Method: DELETE',
          '    < Access-Control-Allow-Origin: https://app.example.com',
          '    < Vary: Origin',
          '    < Access-Control-Allow-Credentials: true',
          '    < Access-Control-Allow-Methods: PUT',
          '    < Access-Control-Allow-Headers: content-type',
          '    < Access-Control-Max-Age: 600',
          '',
          "  Access to fetch at 'http://localhost/orders/1' from origin 'https://app.example.com' has been blocked by CORS policy: Method DELETE is not allowed by Access-Control-Allow-Methods in preflight response.",
          '',
          '  Access-Control-Allow-Methods does not contain `DELETE`: add it to `methods`.',
          '',
          '  More: https://nestjs-cors.example/troubleshooting#method',
        ].join('\n'),
      ),
    );
  });

  it('names the real reason, or that there is none', async () => {
    const evil = expectCors(app).from(EVIL).get('/orders');
    await expect(evil.toBeBlocked('cors-disabled')).rejects.toThrow(
      'Expected GET /orders from https://evil.example.org to be blocked: cors-disabled, but it is blocked: origin-not-allowed.',
    );
    const page = expectCors(app).from(APP).get('/orders');
    await expect(page.toBeBlocked('origin-not-allowed')).rejects.toThrow(
      'Expected GET /orders from https://app.example.com to be blocked: origin-not-allowed, but it is allowed.',
    );
    await expect(page.toBeBlocked()).rejects.toThrow(
      'Expected GET /orders from https://app.example.com to be blocked, but it is allowed.',
    );
  });

  it('counts neither the same origin nor a missing response as a verdict', async () => {
    const same = expectCors(app).from('http://localhost').get('/orders');
    const sentence =
      'Expected GET /orders from http://localhost to be %s, but it is same-origin, where no CORS check applies.';
    await expect(same.toBeAllowed()).rejects.toThrow(sentence.replace('%s', 'allowed'));
    await expect(same.toBeBlocked()).rejects.toThrow(sentence.replace('%s', 'blocked'));
    await expect(expectCors(app).from(APP).get('/orders/away').toBeBlocked()).rejects.toThrow(
      'Expected GET /orders/away from https://app.example.com to be blocked, but it is not answered: https://elsewhere.example/ is not part of the application.',
    );
  });

  it('points to the test that failed', async () => {
    const failure: unknown = await expectCors(app)
      .from(EVIL)
      .get('/orders')
      .toBeAllowed()
      .catch((error: unknown) => error);
    const { message, stack = '' } = failure as Error;
    expect(stack.startsWith(`Error: ${message}\n    at `)).toBe(true);
    expect(stack).toContain('expect-cors.spec.ts');
  });

  it('runs several at once, and does not make the application listen', async () => {
    const page = expectCors(app).from(APP);
    const several = Array.from({ length: 10 }, () => page.put('/orders/1', json).toBeAllowed());
    expect((await Promise.all(several)).map(({ verdict }) => verdict)).toEqual(
      several.map(() => 'allowed'),
    );
    expect(app.getHttpServer().listening).toBe(false);
  });

  it('works before init(), while the application listens, and with a testing module', async () => {
    const module = await Test.createTestingModule({ imports: [OrdersModule] }).compile();
    const tested = module.createNestApplication(adapter(), { logger: false });
    const call = () => expectCors(tested).from(APP).put('/orders/1', json).toBeAllowed();
    expect((await call()).verdict).toBe('allowed');
    await tested.listen(0, '127.0.0.1');
    expect((await call()).verdict).toBe('allowed');
    expect(tested.getHttpServer().listening).toBe(true);
    await tested.close();
  });
});

it('requires an application with a server', async () => {
  const app = {
    init: () => Promise.resolve(),
    getHttpServer: () => null,
    getHttpAdapter: () => ({ getInstance: () => null }),
  };
  await expect(expectCors(app).from(APP).get('/').toBeAllowed()).rejects.toEqual(
    new TypeError('Expected `app.getHttpServer()` to be a server of `node:http`.'),
  );
});
