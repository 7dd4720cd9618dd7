import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { DOOR_META, type Door } from '../doors.js';

/** The largest question: a check with responses that were pasted. */
const MAX_BODY_BYTES = 1_000_000;

/** What a request gets instead of an answer, with one sentence. */
export class Refused extends Error {
  constructor(
    readonly status: 400 | 403 | 404 | 405 | 413 | 415 | 429 | 500,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Nobody keeps, embeds or reinterprets what is sent. No CORS header is among it, whatever the policy. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

const NOTHING = "default-src 'none'; frame-ancestors 'none'";

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const type = 'application/json; charset=utf-8';
  send(response, status, { ...headers, 'Content-Security-Policy': NOTHING }, type, value);
}

/** To whoever asked for the page, a person reads it. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const type = 'text/plain; charset=utf-8';
  send(response, status, { ...headers, 'Content-Security-Policy': NOTHING }, type, `${text}\n`);
}

/** The page, with the door that it is opened by. */
export async function sendPage(response: ServerResponse, door: Door): Promise<void> {
  const page = await readPage();
  const html = page.replace(
    new RegExp(`(<meta name="${DOOR_META}" content=")file(?=")`),
    (_, before: string) => `${before}${door}`,
  );
  // The policy of the page itself, and what no page can say: that nobody may embed it.
  const [, policy = ''] =
    /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  if (html === page || policy === '') {
    throw new Error('The file of the page is not the one of this release. Install it again.');
  }
  const headers = { 'Content-Security-Policy': `${policy}; frame-ancestors 'none'` };
  send(response, 200, headers, 'text/html; charset=utf-8', html);
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  type: string,
  content: unknown,
): void {
  const body = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  response.writeHead(status, {
    ...HEADERS,
    ...headers,
    'Content-Type': type,
    'Content-Length': String(body.length),
  });
  // Node leaves the body of a response to HEAD out.
  response.end(body);
}

/**
 * By the package's own name: it is found from wherever the built file stands in the package. Seen from
 * two folders up, since the folder of CommonJS has a package.json of its own, which knows no name.
 */
async function readPage(): Promise<string> {
  try {
    const { resolve } = createRequire(new URL('../../', import.meta.url).href);
    return await readFile(resolve('nestjs-cors/inspector.html'), 'utf8');
  } catch (error) {
    throw new Error(
      'Expected the page of the inspector, dist/inspector.html, in the package `nestjs-cors`, found none. Install the package beside the application; in its repository, run `npm run build`.',
      { cause: error },
    );
  }
}

/**
 * The body of a call. Only JSON is taken: no page can send it to another origin without a preflight, and
 * none is allowed.
 *
 * @throws Refused
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  if (request.method !== 'POST') {
    throw new Refused(405, `Expected POST, got ${request.method ?? 'no method'}.`, {
      Allow: 'POST',
    });
  }
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(?:;|$)/i.test(type)) {
    throw new Refused(415, 'Expected the content type `application/json`.');
  }
  const body = await readBytes(request);
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Refused(400, 'Expected JSON.');
  }
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // What is too long gets a response as well: the connection stays.
    for await (const chunk of request.iterator({
      destroyOnReturn: false,
    }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) break;
      chunks.push(chunk);
    }
  } catch {
    // Whoever sent it has gone: nothing is wrong here, and nobody reads it.
    throw new Refused(400, 'The body has no end.');
  }
  if (size <= MAX_BODY_BYTES) return Buffer.concat(chunks);
  // Browsers send the whole body before they look at a response, and servers close when it is read.
  request.resume();
  throw new Refused(413, `Expected at most ${MAX_BODY_BYTES / 1e6} MB of JSON.`);
}

/** Serves one request; whatever goes wrong is said, and ends nothing. */
export async function serving(
  response: ServerResponse,
  isPage: boolean,
  serve: () => Promise<void>,
  onError: (error: unknown) => void,
): Promise<void> {
  try {
    await serve();
  } catch (error) {
    if (!(error instanceof Refused)) onError(error);
    if (response.headersSent || response.destroyed) return;
    const { status, message, headers } =
      error instanceof Refused ? error : new Refused(500, messageOf(error));
    try {
      if (isPage) sendText(response, status, message, headers);
      else sendJson(response, status, { message }, headers);
    } catch (late) {
      onError(late);
      response.destroy();
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
