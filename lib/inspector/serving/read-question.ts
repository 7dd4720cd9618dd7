import type { BrowserName, CorsCheckId, HeaderLines } from '../../browser/index.js';
import { checkGuide } from '../../browser/index.js';
import { BROWSER_NAMES } from '../../browser/simulation.js';
import type { CheckRequest } from '../../diagnosis/check-request.js';
import type { PastedResponse } from '../../diagnosis/paste/paste.js';
import { type ServerName, SERVER_NAMES } from '../../diagnosis/servers/servers.js';
import type { CorsQuestion } from '../../explanation/explain-request.js';
import { isSerializedOrigin } from '../../fetch/origins.js';
import { isToken } from '../../fetch/tokens.js';
import { loggable } from '../../text/escape.js';
import type { OriginQuestion, SendQuestion } from '../doors.js';
import { Refused } from './respond.js';

/** Reads what the box above the routes has: any text, since somebody is typing. */
export function readOriginQuestion(body: unknown): OriginQuestion {
  return { origin: textOf(recordOf(body, 'the question')['origin'], 'origin') };
}

export function readExplainQuestion(body: unknown): CorsQuestion {
  const {
    origin,
    method = 'GET',
    url,
    headers = {},
    credentials = false,
    browser,
  } = recordOf(body, 'the question');
  return {
    origin: originOf(origin),
    method: methodOf(method),
    url: targetOf(url),
    headers: Object.fromEntries(
      Object.entries(recordOf(headers, 'headers')).map(([name, value]) => [
        headerName(name),
        textOf(value, `headers.${name}`),
      ]),
    ),
    credentials: booleanOf(credentials, 'credentials'),
    ...(browser !== undefined && { browser: browserOf(browser) }),
  };
}

/**
 * @param base what a path is added to
 * @throws Refused
 */
export function readSendQuestion(
  body: unknown,
  base: (origin: string) => string | undefined,
): SendQuestion {
  const { request, agreed = [], preflightOnly = false } = recordOf(body, 'the question');
  return {
    request: readRequest(recordOf(request, 'request'), base),
    agreed: listOf(agreed, 'agreed').map((question, index) => textOf(question, `agreed[${index}]`)),
    preflightOnly: booleanOf(preflightOnly, 'preflightOnly'),
  };
}

function readRequest(
  from: Readonly<Record<string, unknown>>,
  base: (origin: string) => string | undefined,
): CheckRequest {
  const origin = originOf(from['origin']);
  const { server, methodKnown, localNetwork, pasted, element, pastedStatus, pastedResponses } =
    from;
  return {
    url: urlOf(from['url'], base(origin)),
    origin,
    method: methodOf(from['method']),
    headers: headersOf(from['headers'] ?? [], 'headers'),
    credentials: booleanOf(from['credentials'] ?? false, 'credentials'),
    browser: browserOf(from['browser'] ?? 'chromium'),
    forcePreflight: booleanOf(from['forcePreflight'] ?? false, 'forcePreflight'),
    ...(server !== undefined && { server: oneOf<ServerName>(server, SERVER_NAMES, 'server') }),
    ...(methodKnown !== undefined && { methodKnown: booleanOf(methodKnown, 'methodKnown') }),
    ...(localNetwork !== undefined && {
      localNetwork: oneOf(localNetwork, ['granted', 'denied', 'prompt'] as const, 'localNetwork'),
    }),
    ...(pasted !== undefined && {
      pasted: listOf(pasted, 'pasted').map((check) => oneOf(check, CHECKS, 'pasted')),
    }),
    ...(element !== undefined && { element: textOf(element, 'element') }),
    ...(pastedStatus !== undefined && { pastedStatus: numberOf(pastedStatus, 'pastedStatus') }),
    ...(pastedResponses !== undefined && {
      pastedResponses: listOf(pastedResponses, 'pastedResponses').map(readPastedResponse),
    }),
  };
}

const CHECKS: readonly CorsCheckId[] = Object.keys(checkGuide).filter(isCheck);

function isCheck(name: string): name is CorsCheckId {
  return Object.hasOwn(checkGuide, name);
}

function readPastedResponse(value: unknown): PastedResponse {
  const { url, method, status, headers } = recordOf(value, 'pastedResponses');
  return {
    ...(url !== undefined && { url: urlOf(url, undefined) }),
    ...(method !== undefined && { method: methodOf(method) }),
    status: numberOf(status, 'status'),
    headers: headersOf(headers, 'headers'),
  };
}

function originOf(value: unknown): string {
  const origin = textOf(value, 'origin');
  if (isSerializedOrigin(origin)) return origin;
  throw expected('`origin` to be an origin such as `https://app.example.com`', origin);
}

function urlOf(value: unknown, base: string | undefined): string {
  const url = textOf(value, 'url');
  if (URL.canParse(url, base) && /^https?:$/.test(new URL(url, base).protocol)) {
    return new URL(url, base).href;
  }
  const path = base === undefined ? '' : 'a path, or ';
  throw expected(`\`url\` to be ${path}an http:// or https:// URL`, url);
}

/** A path, or a whole URL where the host matters, as it is written. */
function targetOf(value: unknown): string {
  urlOf(value, 'https://this-application.invalid');
  return textOf(value, 'url');
}

function methodOf(value: unknown): string {
  const method = textOf(value, 'method');
  if (isToken(method)) return method;
  throw expected('`method` to be a method', method);
}

function browserOf(value: unknown): BrowserName {
  return oneOf(value, BROWSER_NAMES, 'browser');
}

function headersOf(value: unknown, name: string): HeaderLines {
  return listOf(value, name).map((line) => {
    const [header, content, ...rest] = listOf(line, name);
    if (rest.length > 0) throw expected(`\`${name}\` to be pairs of name and value`, '');
    return [headerName(textOf(header, name)), textOf(content, name)] as const;
  });
}

function headerName(name: string): string {
  if (isToken(name)) return name;
  throw expected('the name of a header', name);
}

function oneOf<T extends string>(value: unknown, known: readonly T[], name: string): T {
  const text = textOf(value, name);
  const found = known.find((one) => one === text);
  if (found !== undefined) return found;
  throw expected(`\`${name}\` to be one of ${known.join(', ')}`, text);
}

function textOf(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw expected(`\`${name}\` to be a text`, typeof value);
}

function numberOf(value: unknown, name: string): number {
  if (typeof value === 'number') return value;
  throw expected(`\`${name}\` to be a number`, typeof value);
}

function booleanOf(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  throw expected(`\`${name}\` to be \`true\` or \`false\``, typeof value);
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw expected(`\`${name}\` to be a list`, typeof value);
}

function recordOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw expected(`${name} to be an object`, typeof value);
}

function expected(what: string, got: string): Refused {
  return new Refused(400, `Expected ${what}, got \`${loggable(got)}\`.`);
}
