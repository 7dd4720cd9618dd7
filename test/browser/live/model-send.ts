import { request as httpRequest } from 'node:http';
import type { ReceivedResponse, Send } from '../../../lib/browser/index.js';

/** The network of the browser model: with a cookie jar, and with the body that the page sends. */
export class ModelSend {
  private cookie: string | null = null;

  with(body: string | undefined): Send {
    return async ({ method, url, headers, credentials }) => {
      const lines = headers.flat();
      if (credentials && this.cookie !== null) lines.push('cookie', this.cookie);
      const answer = await send(method, url, lines, method === 'OPTIONS' ? undefined : body);
      const stored = answer.headers.find(([name]) => name.toLowerCase() === 'set-cookie');
      if (credentials && stored !== undefined) this.cookie = stored[1].replace(/;.*/, '');
      return answer;
    };
  }
}

function send(
  method: string,
  url: string,
  lines: readonly string[],
  body: string | undefined,
): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.byteLength(body ?? '');
    const length = method === 'POST' || method === 'PUT' ? ['content-length', String(bytes)] : [];
    const headers = ['host', new URL(url).host, 'connection', 'keep-alive', ...lines, ...length];
    const outgoing = httpRequest(url, { method, headers, agent: false }, (response) => {
      const { statusCode: status = 0, rawHeaders } = response;
      const pairs = rawHeaders.flatMap((name, index) =>
        index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
      );
      resolve({ status, headers: pairs });
      // Events have no end.
      outgoing.destroy();
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
