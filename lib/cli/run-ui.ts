import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { check } from '../diagnosis/check.js';
import { type SendAnswer, type SendQuestion, TOKEN_PARAMETER } from '../inspector/doors.js';
import { readSendQuestion } from '../inspector/serving/read-question.js';
import { readBody, Refused, sendJson, sendPage, serving } from '../inspector/serving/respond.js';
import { troubleWith } from '../inspector/serving/visitor.js';
import { BROWSER_HEADERS, nodeSend, resolveHost } from '../network/node-send.js';
import { isSameOrigin } from '../platform/request-facts.js';
import { printable } from '../text/escape.js';
import { Consent } from './consent.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** The options of `ui` as `commander` gives them. */
export interface UiOptions {
  readonly port?: string;
}

const HOST = '127.0.0.1';
/** As `check` waits for each response. */
const TIMEOUT = 10_000;
/** Each question is up to ten requests. */
const MOST_AT_ONCE = 4;

/**
 * The command `ui`, with its exit code: 0 when it is stopped.
 *
 * @throws UsageError for a port that cannot be used
 */
export async function runUi({ port = '0' }: UiOptions, terminal: Terminal): Promise<number> {
  const token = randomBytes(32).toString('base64url');
  const ui = new Ui(token, (error) => terminal.error(`${messageOf(error)}\n`));
  const server = createServer((request, response) => void ui.serve(request, response));
  const url = `http://${HOST}:${await listen(server, portOf(port))}/?${TOKEN_PARAMETER}=${token}`;
  try {
    terminal.out(
      `The inspector is at ${url}\nIt sends nothing that you have not agreed to. Ctrl-C ends it.\n`,
    );
    terminal.openBrowser?.(url);
    await terminal.untilStopped?.();
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
  return 0;
}

/** The page, and the network behind it, for whoever knows the token. */
class Ui {
  private sending = 0;

  constructor(
    private readonly token: string,
    private readonly onError: (error: unknown) => void,
  ) {}

  serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [pathname = '', query] = (request.url ?? '').split('?', 2);
    const isPage = !pathname.startsWith('/api/');
    const serve = async () => {
      const trouble = troubleWith(request, VISITORS, isPage);
      if (trouble !== undefined) throw new Refused(403, trouble);
      if (pathname !== '/' && pathname !== '/api/send') {
        throw new Refused(404, 'There is nothing here.');
      }
      const given = new URLSearchParams(query).get(TOKEN_PARAMETER) ?? '';
      if (!isEqual(given, this.token)) {
        throw new Refused(
          403,
          'Expected the token of the URL that `npx nestjs-cors ui` has printed. Open that URL.',
        );
      }
      if (!isPage) {
        const question = readSendQuestion(await readBody(request), () => undefined);
        return sendJson(response, 200, await this.answer(question));
      }
      const { method = '' } = request;
      if (method === 'GET' || method === 'HEAD') return sendPage(response, 'ui');
      throw new Refused(405, `Expected GET, got ${printable(method)}.`, { Allow: 'GET, HEAD' });
    };
    return serving(response, isPage, serve, this.onError);
  }

  private async answer(question: SendQuestion): Promise<SendAnswer> {
    if (this.sending === MOST_AT_ONCE) {
      throw new Refused(
        429,
        `Expected at most ${MOST_AT_ONCE} checks at a time. Wait for one to end.`,
      );
    }
    this.sending += 1;
    try {
      return await answerTo(question);
    } finally {
      this.sending -= 1;
    }
  }
}

/** Checks a server by the rules of `check`: what the user has not agreed to is a question. */
async function answerTo({ request, agreed }: SendQuestion): Promise<SendAnswer> {
  const open: string[] = [];
  const confirm = (question: string) => {
    const isAgreed = agreed.includes(question);
    if (!isAgreed) open.push(question);
    return Promise.resolve(isAgreed);
  };
  const consent = new Consent({}, { confirm }, undefined, 'you have not agreed to follow it');
  const send = nodeSend({ timeout: TIMEOUT, headers: BROWSER_HEADERS });
  const report = (await consent.to(request))
    ? await check(
        request,
        consent.over(send),
        consent.overNames((url) => resolveHost(new URL(url).hostname)),
      )
    : null;
  const [question] = open;
  if (question !== undefined) return { kind: 'question', question, report };
  if (report === null) throw new Error('The user was not asked.');
  return { kind: 'report', report };
}

const VISITORS = {
  hosts: new Set<string>(),
  remedy: () => 'Open the URL that `npx nestjs-cors ui` has printed.',
  isSameOrigin: ({ headers }: IncomingMessage) => isSameOrigin(headers, 'http', headers.host),
};

/** In a time that does not say how much of it is right. */
function isEqual(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(
    `Expected \`--port\` to be a number from 0 to 65535, got \`${printable(text)}\`. Write for example \`--port 8080\`; without it, a free port is taken.`,
  );
}

/** @returns the port that it is at */
async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        new UsageError(
          `Expected port ${port} of ${HOST} to be free, got ${error.code ?? error.message}. Write another \`--port\`, or none: a free port is taken then.`,
        ),
      ),
    );
    server.listen(port, HOST, listening);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function messageOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error));
}
