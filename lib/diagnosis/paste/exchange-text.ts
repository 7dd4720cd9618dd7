import { withoutSecrets } from '../../text/secrets.js';
import { isForbiddenRequestHeaderName } from '../../fetch/header-names.js';
import type { HeaderLines } from '../../browser/index.js';
import type { Paste, PastedResponse } from './paste.js';

/**
 * What was read of a request as a block of headers, which reads back to the same: so that what a file of
 * megabytes says can be shown, changed and passed on. Without secrets.
 */
export function exchangeText(paste: Paste): string {
  const { url = '', responses = [], error } = paste;
  const method = paste.method ?? 'GET';
  const own = responses.find((one) => one.method?.toUpperCase() !== 'OPTIONS');
  const others = responses.filter((one) => one !== own);
  return [
    ...others.filter(isPreflight).map((one) => exchange(one, preflightLines(paste))),
    exchange(
      own ?? { url, method: paste.forcePreflight === true ? 'OPTIONS' : method, headers: [] },
      paste.forcePreflight === true ? preflightLines(paste) : requestLines(paste),
    ),
    ...others.filter((one) => !isPreflight(one)).map((one) => exchange(one, [])),
    ...(error === undefined ? [] : [error]),
  ].join('\n\n');
}

function isPreflight({ method }: PastedResponse): boolean {
  return method?.toUpperCase() === 'OPTIONS';
}

type Shown = Omit<PastedResponse, 'status'> & { readonly status?: number };

function exchange({ url, method, status, headers }: Shown, request: HeaderLines): string {
  return [
    `Request URL: ${url ?? ''}`,
    `Request Method: ${method ?? 'GET'}`,
    ...(status === undefined
      ? []
      : [`Status Code: ${status}`, 'Response Headers', ...lines(headers)]),
    ...(request.length === 0 ? [] : ['Request Headers', ...lines(request)]),
  ].join('\n');
}

function lines(headers: HeaderLines): readonly string[] {
  return withoutSecrets(headers).map(([name, value]) => `${name}: ${oneLine(value)}`);
}

/** A header of a HAR file may have several values, one a line. */
function oneLine(value: string): string {
  return value.replaceAll(/\s*[\r\n]+\s*/g, ', ');
}

function requestLines({ origin, credentials, headers }: Paste): HeaderLines {
  return [
    ...(origin === undefined ? [] : [['Origin', origin] as const]),
    ...(credentials === true ? [['Cookie', ''] as const] : []),
    ...headers,
  ];
}

function preflightLines({ origin, method, headers }: Paste): HeaderLines {
  const names = headers
    .map(([name]) => name)
    .filter((name) => !isForbiddenRequestHeaderName(name))
    .join(',');
  return [
    ...(origin === undefined ? [] : [['Origin', origin] as const]),
    ...(method === undefined ? [] : [['Access-Control-Request-Method', method] as const]),
    ...(names === '' ? [] : [['Access-Control-Request-Headers', names.toLowerCase()] as const]),
  ];
}
