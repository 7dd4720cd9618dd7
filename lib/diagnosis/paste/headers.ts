import type { HeaderLines } from '../../browser/index.js';
import { headerOf, httpUrl, readRequestHeaders, tokenOf } from './facts.js';
import type { Paste } from './paste.js';

const GENERAL = /^(Request URL|Request Method|Status Code|URL|Method|Status)\s*:?\s*(.*)$/i;
const REQUEST_NAMES =
  /^(?::authority|:method|:path|:scheme|accept|accept-.*|authorization|cookie|host|origin|referer|sec-.*|user-agent|x-requested-with|access-control-request-.*)$/i;

/**
 * Reads headers as the developer tools or `curl -i` show them: `General`, response headers, request
 * headers, in any order and with or without their titles.
 */
export function readHeaders(text: string): Paste | null {
  let section: 'request' | 'response' | null = null;
  let status: number | undefined;
  let url: string | undefined;
  let method: string | undefined;
  const request: [string, string][] = [];
  const response: [string, string][] = [];
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^[<>] /, ''));
  for (const [index, line] of lines.entries()) {
    if (/^request headers/i.test(line)) section = 'request';
    if (/^response headers/i.test(line)) section = 'response';
    const answered = /^HTTP\/[\d.]+ (\d{3})/.exec(line);
    if (answered !== null) {
      status = Number(answered[1]);
      section = 'response';
      continue;
    }
    const asked = /^([A-Z]+) (\S+) HTTP\//.exec(line);
    if (asked !== null) method = tokenOf(asked[1]);
    const general = GENERAL.exec(line);
    if (general !== null) {
      // Newer developer tools put the value on a line of its own.
      const value = general[2] === '' ? (lines[index + 1] ?? '') : (general[2] ?? '');
      if (/url$/i.test(general[1] ?? '')) url = httpUrl(value);
      else if (/method$/i.test(general[1] ?? '')) method = tokenOf(value);
      else status = Number(/\d{3}/.exec(value)?.[0] ?? status);
      continue;
    }
    const header = headerOf(line);
    if (header === null) continue;
    const [name, value] = header;
    // The value of a field of `General`, on its own line.
    if (value.startsWith('//')) continue;
    const isRequest = section === null ? REQUEST_NAMES.test(name) : section === 'request';
    (isRequest ? request : response).push([name, value]);
  }
  const isAboutHttp = url !== undefined || status !== undefined || response.some(isKnown);
  if (!isAboutHttp) return null;
  return {
    form: 'headers',
    ...(url !== undefined && { url }),
    ...(method !== undefined && { method }),
    ...readRequestHeaders(request),
    ...((status !== undefined || response.some(isKnown)) && {
      response: { status: status ?? 200, headers: response satisfies HeaderLines },
    }),
  };
}

function isKnown([name]: readonly [string, string]): boolean {
  return /^(?:access-control-.*|content-type|content-length|server|vary|etag)$/i.test(name);
}
