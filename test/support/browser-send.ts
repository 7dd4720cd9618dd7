import { request as httpRequest } from 'node:http';
import type { ReceivedResponse, SentRequest } from '../../lib/browser/index.js';

/** The network of the browser model: sends for real, over a socket, and keeps every header line. */
export function browserSend({ method, url, headers }: SentRequest): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      url,
      { method, headers: ['host', new URL(url).host, ...headers.flat()], agent: false },
      (response) => {
        response.resume();
        response.on('end', () => {
          const lines: [string, string][] = [];
          for (let i = 0; i < response.rawHeaders.length; i += 2) {
            lines.push([response.rawHeaders[i] ?? '', response.rawHeaders[i + 1] ?? '']);
          }
          resolve({ status: response.statusCode ?? 0, headers: lines });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}
