import type { ReceivedResponse, Send, SentRequest } from '../../../lib/browser/index.js';

/** A request as a fake server sees it. */
export interface ServerRequest {
  readonly method: string;
  readonly path: string;
  readonly origin: string | null;
}

/** A server that is a function. It writes down what it was asked. */
export function fakeServer(answer: (request: ServerRequest) => ReceivedResponse | null) {
  const seen: ServerRequest[] = [];
  const send: Send = (request) => {
    const one = see(request);
    seen.push(one);
    const response = answer(one);
    return response === null ? Promise.reject(new Error('no answer')) : Promise.resolve(response);
  };
  return { send, seen };
}

function see({ method, url, headers }: SentRequest): ServerRequest {
  const origin = headers.find(([name]) => name === 'Origin')?.[1] ?? null;
  return { method, path: new URL(url).pathname, origin };
}
