import type { Block } from './page.js';

/** A request, and the answer that a page claims. */
export interface Exchange {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly answer: ClaimedAnswer;
}

export interface ClaimedAnswer {
  /** Undefined where the status line is not shown. */
  readonly status: number | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** A command, and what it prints. */
export interface Command {
  readonly words: readonly string[];
  readonly output: string;
}

/** An `http` block: a request, and from the line that begins with `HTTP/1.1` on its answer. */
export function readHttp({ code }: Block): Exchange {
  const lines = code.split('\n');
  const start = lines.findIndex((line) => line.startsWith('HTTP/1.1 '));
  const [first = '', ...head] = lines.slice(0, start);
  const [method = '', path = ''] = first.split(' ');
  const { headers, body } = readMessage(head);
  return { title: first, method, path, headers, body, answer: readAnswer(lines.slice(start)) };
}

/** The commands of a `console` block, each after a `$`. */
export function readCommands({ code }: Block): Command[] {
  const joined = code.replace(/\\\n\s*/g, '');
  return joined
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const end = text.indexOf('\n');
      const line = end < 0 ? text : text.slice(0, end);
      return { words: shellWords(line), output: end < 0 ? '' : text.slice(end + 1).trimEnd() };
    });
}

/** `curl -si [-X METHOD] [-H 'name: value']… [-d body] http://localhost:3000/path`, and what it prints. */
export function readCurl({ words, output }: Command): Exchange {
  const headers: Record<string, string> = {};
  let method: string | undefined;
  let body: string | undefined;
  let url = '';
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '|') break;
    if (word === '-X') method = words[++index];
    else if (word === '-H') Object.assign(headers, readMessage([words[++index] ?? '']).headers);
    else if (word === '-d') body = words[++index];
    else if (!word.startsWith('-')) url = word;
  }
  method ??= body === undefined ? 'GET' : 'POST';
  const path = url.replace(/^http:\/\/localhost:3000/, '');
  const lines = output.split('\n');
  return {
    title: `curl: ${method} ${path}`,
    method,
    path,
    headers,
    body,
    answer: readAnswer(lines),
  };
}

function readAnswer(lines: readonly string[]): ClaimedAnswer {
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(lines[0] ?? '') ?? [];
  const { headers, body } = readMessage(status === undefined ? lines : lines.slice(1));
  return { status: status === undefined ? undefined : Number(status), headers, body };
}

function readMessage(lines: readonly string[]) {
  const headers: Record<string, string> = {};
  let index = 0;
  for (; index < lines.length && lines[index] !== ''; index++) {
    const line = lines[index] ?? '';
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const body = lines
    .slice(index + 1)
    .join('\n')
    .trim();
  return { headers, body: body === '' ? undefined : body };
}

function shellWords(line: string): string[] {
  return Array.from(line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g), (match) => {
    const [, single, double, bare] = match;
    return single ?? double ?? bare ?? '';
  });
}
