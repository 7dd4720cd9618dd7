import { request, type Agent, type OutgoingHttpHeaders } from 'node:http';

/** An answer as it stood on the wire. */
export interface Answer {
  readonly status: number;
  /** Every header line, names in lower case, in order. */
  readonly lines: readonly (readonly [name: string, value: string])[];
  /** The CORS headers and `Vary` alone: one entry per line, several lines of one name as a list. */
  readonly cors: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** Sends one request, over a socket of its own unless an agent is given, and reads the whole answer. */
export function send(
  port: number,
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
  body?: string,
  { headOnly = false, agent }: { headOnly?: boolean; agent?: Agent } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, method, path, headers, agent: agent ?? false },
      (response) => {
        const chunks: Buffer[] = [];
        const finish = () => {
          const lines: [string, string][] = [];
          for (let i = 0; i < response.rawHeaders.length; i += 2) {
            lines.push([
              (response.rawHeaders[i] ?? '').toLowerCase(),
              response.rawHeaders[i + 1] ?? '',
            ]);
          }
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, lines, cors: corsLines(lines), body: text });
        };
        if (headOnly) {
          finish();
          outgoing.destroy();
          return;
        }
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', finish);
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** A CORS-preflight request, as a browser sends it. */
export function preflight(
  port: number,
  path: string,
  origin: string,
  method: string,
  requestHeaders?: string,
): Promise<Answer> {
  return send(port, 'OPTIONS', path, {
    origin,
    'access-control-request-method': method,
    ...(requestHeaders !== undefined && { 'access-control-request-headers': requestHeaders }),
  });
}

/**
 * The third answer to the same request: a decision that may be kept is kept when it is made for the
 * second time.
 */
export async function repeated(ask: () => Promise<Answer>): Promise<Answer> {
  await ask();
  await ask();
  return ask();
}

function corsLines(lines: readonly (readonly [string, string])[]) {
  const cors: Record<string, string | string[]> = {};
  for (const [name, value] of lines) {
    if (!/^(access-control-|vary$|timing-allow-origin$)/.test(name)) continue;
    const earlier = cors[name];
    cors[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return cors;
}
