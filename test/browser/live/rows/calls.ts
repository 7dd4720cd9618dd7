import type { LiveCall } from '../live-row.js';

const JSON_TYPE = { 'content-type': 'application/json' };

/** A PUT of JSON, which no page may send to another origin without asking. */
export function put(path: string, over: Partial<LiveCall> & Pick<LiveCall, 'sees'>): LiveCall {
  return {
    method: 'PUT',
    path,
    body: '{"item":"tea"}',
    ...over,
    headers: { ...JSON_TYPE, ...over.headers },
  };
}

/** The same as POST. */
export function post(path: string, over: Partial<LiveCall> & Pick<LiveCall, 'sees'>): LiveCall {
  return put(path, { method: 'POST', ...over });
}

/** The call that sets the cookie. */
export const SIGN_IN: LiveCall = { method: 'POST', path: '/session', credentials: true, sees: 201 };
