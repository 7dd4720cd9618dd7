import { requestGuards } from '../../../../lib/platform/fastify/fastify-guards.js';

type Handler = (request: unknown, reply: unknown) => unknown;
interface Question {
  readonly params: Record<string, string>;
  readonly raw: { readonly url: string };
}

/** A guard as the adapter makes it: it calls the handler, or says that there is nothing. */
type Guard = (request: Question, reply: { callNotFound(): void }, handler: Handler) => unknown;

/** An adapter with a guard, and a handler of ours that notes whether it serves or is asked. */
function guarded(guard: Guard | undefined) {
  const heard: string[] = [];
  const adapter = {
    requireNonEmptyParams(path: unknown, handler: Handler): Handler {
      heard.push(String(path), String(this === adapter));
      if (guard === undefined) return handler;
      return (request, reply) => guard(request as Question, reply as never, handler);
    },
  };
  const guards = requestGuards(adapter);
  const handler: Handler = (_, reply) => {
    if (guards.isAsking(reply)) return 'asked';
    heard.push('served');
    return 'served';
  };
  const register = () => adapter.requireNonEmptyParams('/:id', handler);
  return { guards, handler, heard, register };
}

const onlyFull: Guard = ({ params }, reply, handler) =>
  params['id'] === '' ? reply.callNotFound() : handler(undefined, reply);

describe('what the adapter turns away as not found', () => {
  it('is known from its guard, and the handler is not run to find out', () => {
    const { guards, heard, register } = guarded(onlyFull);
    register();
    const serves = guards.latest();
    const answers = [serves?.({ id: 'a' }, '/a'), serves?.({ id: '' }, '/'), serves?.({}, '/')];
    expect([answers, heard]).toEqual([
      [true, false, true],
      ['/:id', 'true'],
    ]);
  });

  it('may depend on the target as well', () => {
    const { guards, register } = guarded(({ raw }, reply, handler) =>
      raw.url === '/a' ? handler(undefined, reply) : reply.callNotFound(),
    );
    register();
    const serves = guards.latest();
    expect([serves?.({}, '/a'), serves?.({}, '/b')]).toEqual([true, false]);
  });

  it('is not known where a guard needs more: then the router decides', () => {
    const { guards, register } = guarded((request) => {
      const { socket } = request as unknown as { socket: { encrypted: boolean } };
      return socket.encrypted;
    });
    register();
    expect(guards.latest()?.({}, '/a')).toBe(true);
  });

  it('is nothing where a path has no guard, also after one that has', () => {
    let guard: Guard | undefined = onlyFull;
    const adapter = {
      requireNonEmptyParams: (_: unknown, handler: Handler): Handler =>
        guard === undefined
          ? handler
          : (request, reply) => guard?.(request as never, reply as never, handler),
    };
    const guards = requestGuards(adapter);
    adapter.requireNonEmptyParams('/:id', () => undefined);
    const first = guards.latest();
    guard = undefined;
    adapter.requireNonEmptyParams('/a', () => undefined);
    expect([typeof first, guards.latest()]).toEqual(['function', undefined]);
  });

  it('is forgotten when the next route begins', () => {
    const { guards, register } = guarded(onlyFull);
    register();
    guards.reset();
    expect(guards.latest()).toBeUndefined();
  });

  it('is nothing where the adapter has no such method, and it gets none', () => {
    const adapter = {};
    const guards = requestGuards(adapter);
    expect([guards.latest(), Object.keys(adapter)]).toEqual([undefined, []]);
  });
});

it('a handler that the adapter gives a request runs, and answers', () => {
  const { handler, heard, register } = guarded(onlyFull);
  const reply = { callNotFound: () => void heard.push('not found') };
  const registered = register();
  expect([registered({ params: { id: 'a' } }, reply), handler(undefined, {})]).toEqual([
    'served',
    'served',
  ]);
  registered({ params: { id: '' } }, reply);
  expect(heard).toEqual(['/:id', 'true', 'served', 'served', 'not found']);
});

it('a handler that is asked says so', () => {
  let answer: unknown;
  const { guards, register } = guarded((_, reply, handler) => (answer = handler(undefined, reply)));
  register();
  expect([guards.latest()?.({}, '/'), answer]).toEqual([true, 'asked']);
});
