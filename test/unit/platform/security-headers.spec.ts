import type { AbstractHttpAdapter } from '@nestjs/core';
import { watchSecurityHeaders } from '../../../lib/platform/security-headers.js';

interface Recorder {
  setHeader(name: string, value: unknown): void;
  removeHeader(name: string): void;
}
type Hook = (request: unknown, response: Recorder) => undefined;

/** An adapter of Nest 12, whatever is installed, and what it was given. */
function watched(withFeature = true) {
  const given: unknown[] = [];
  const secured: { registerSecurityHook?: (hook: Hook) => unknown } = {};
  if (withFeature) secured.registerSecurityHook = (hook) => given.push(hook);
  // Nothing else of an adapter is touched.
  const headers = watchSecurityHeaders(secured as AbstractHttpAdapter);
  const register = secured.registerSecurityHook;
  return { given, headers, register };
}

describe('watchSecurityHeaders()', () => {
  it('sees what is set and not removed again, and hands the hook on', () => {
    const { given, headers, register } = watched();
    expect([...headers()]).toEqual([]);
    const hook: Hook = (_, response) => {
      response.setHeader('X-Frame-Options', 'DENY');
      response.setHeader('Cross-Origin-Resource-Policy', 'same-site');
      response.removeHeader('X-FRAME-OPTIONS');
      return undefined;
    };
    register?.(hook);
    expect([...headers()]).toEqual([['cross-origin-resource-policy', 'same-site']]);
    expect(given).toEqual([hook]);
  });

  it('asks about a GET of the root, without headers', () => {
    const { headers, register } = watched();
    const asked: unknown[] = [];
    register?.((request) => void asked.push(request));
    headers();
    expect(asked).toEqual([{ method: 'GET', url: '/', originalUrl: '/', headers: {} }]);
  });

  it('knows nothing of a hook that needs more of a request', () => {
    const { headers, register } = watched();
    register?.((request, response) => {
      response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
      return (request as { socket: { encrypted: undefined } }).socket.encrypted;
    });
    expect([...headers()]).toEqual([]);
  });

  it('leaves an adapter without the feature as it is', () => {
    const { headers, register } = watched(false);
    expect([register, ...headers()]).toEqual([undefined]);
  });
});
