import type { AbstractHttpAdapter } from '@nestjs/core';

/** What `app.useSecurityHeaders()` installs, from Nest 12 on. */
type SecurityHook = (request: unknown, response: HeaderRecorder) => Error | undefined;

interface HeaderRecorder {
  setHeader(name: string, value: unknown): void;
  removeHeader(name: string): void;
}

/**
 * Watches for `app.useSecurityHeaders()`, which comes after the module is there.
 *
 * @returns what it sets at the time of the call, by name in lower case
 */
export function watchSecurityHeaders(
  adapter: AbstractHttpAdapter,
): () => ReadonlyMap<string, string> {
  let hook: SecurityHook | undefined;
  const secured: { registerSecurityHook?: (hook: SecurityHook) => unknown } = adapter;
  const register = secured.registerSecurityHook;
  if (register !== undefined) {
    secured.registerSecurityHook = (given) => {
      hook = given;
      return register.call(adapter, given);
    };
  }
  return () => headersOf(hook);
}

/** A hook only sets headers, and checks the method: `GET` is never refused. */
function headersOf(hook: SecurityHook | undefined): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  const recorder: HeaderRecorder = {
    setHeader: (name, value) => void headers.set(name.toLowerCase(), String(value)),
    removeHeader: (name) => void headers.delete(name.toLowerCase()),
  };
  try {
    hook?.({ method: 'GET', url: '/', originalUrl: '/', headers: {} }, recorder);
    return headers;
  } catch {
    // One that needs more of a request than this sets headers that are not known before one comes.
    return new Map();
  }
}
