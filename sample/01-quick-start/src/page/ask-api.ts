import { request } from 'node:http';
import type { PageRequest } from './page-request.js';

/** A response of the API: its status and its CORS headers. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** What the API says to a browser that sends one of the page's requests from `origin`. */
export interface ApiAnswers {
  readonly origin: string;
  /** `null` where a browser does not ask first. */
  readonly preflight: ApiAnswer | null;
  /** `null` where a browser stops after the preflight, and where the request is sent only once. */
  readonly response: ApiAnswer | null;
  /** A POST creates something each time: the browser alone sends it. */
  readonly once: boolean;
}

/**
 * Asks the API what a browser would ask it. A page cannot read these headers, nor any answer that
 * the browser refuses it; a server can, as CORS binds browsers only.
 */
export async function askApi(
  apiUrl: string,
  { method, path, headers, body }: PageRequest,
  origin: string,
): Promise<ApiAnswers> {
  const url = apiUrl + path;
  const names = Object.keys(headers).toSorted();
  const asksFirst = method === 'PUT' || names.length > 0;
  const preflight = asksFirst
    ? await send(url, 'OPTIONS', {
        origin,
        'access-control-request-method': method,
        ...(names.length > 0 && { 'access-control-request-headers': names.join(',') }),
      })
    : null;
  const goesOn = preflight === null || grants(preflight, names);
  const once = goesOn && method === 'POST';
  const response = goesOn && !once ? await send(url, method, { origin, ...headers }, body) : null;
  return { origin, preflight, response, once };
}

/** Whether a browser goes on; the methods of this page need no look, as their routes exist. */
function grants({ status, headers }: ApiAnswer, names: readonly string[]): boolean {
  const list = headers.find(([name]) => name.toLowerCase() === 'access-control-allow-headers');
  const granted = list?.[1].split(', ') ?? [];
  return status === 204 && names.every((name) => granted.includes(name));
}

function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: string,
): Promise<ApiAnswer> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, (response) => {
      response.resume();
      const { statusCode = 0, rawHeaders } = response;
      resolve({ status: statusCode, headers: corsHeaders(rawHeaders) });
    })
      .on('error', reject)
      .end(body);
  });
}

/** Node lists names and values in turn, as they came. */
function corsHeaders(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index) =>
    index % 2 === 0 && /^(?:access-control-|vary$|timing-allow-origin$)/i.test(name)
      ? [[name, raw[index + 1] ?? '']]
      : [],
  );
}
