import type { HeaderList } from '../http/header-list.js';
import type { ReceivedResponse } from '../http/http-exchange.js';
import { mimeEssence } from '../http/request-headers.js';
import type { BrowserName, Failure } from '../simulation.js';
import type { FetchRequest } from './fetch-request.js';

/**
 * Opaque Response Blocking: whether a browser keeps from an element what is certainly not an image, a
 * script, a style sheet or media. Null when it does not. Bodies are not read here: a body is taken to
 * be what its Content-Type says, where a browser looks at its first bytes.
 *
 * @see https://github.com/whatwg/fetch/pull/1755
 */
export function opaqueResponseBlocking(
  request: FetchRequest,
  response: ReceivedResponse,
  headers: HeaderList,
  browser: BrowserName,
): Failure | null {
  // `fetch()` gets an opaque response without a body, which is the same to the page.
  if (browser === 'safari' || request.destination === '') return null;
  const type = mimeEssence(headers.get('content-type') ?? '');
  if (type === null || isSafelisted(type)) return null;
  const reason = whyBlocked(type, response, headers, browser);
  return reason === null
    ? null
    : { check: 'ORB', details: { value: type, status: response.status, reason } };
}

/** In the words of Firefox; Chromium gives no reason. */
function whyBlocked(
  type: string,
  { status }: ReceivedResponse,
  headers: HeaderList,
  browser: BrowserName,
): string | null {
  if (NEVER_SNIFFED.has(type)) return 'mimeType is an opaque-blocklisted-never-sniffed MIME type';
  const isListed = isMarkupOrJson(type);
  if (status === 206 && isListed && browser === 'firefox') {
    return "response's status is 206 and mimeType is an opaque-blocklisted MIME type";
  }
  const isNosniff = headers.get('x-content-type-options')?.toLowerCase() === 'nosniff';
  if (isNosniff && (isListed || (type === 'text/plain' && browser === 'chromium'))) {
    return "nosniff is true and mimeType is an opaque-blocklisted MIME type or its essence is 'text/plain'";
  }
  const isOdd = status === 206 && isMiddle(headers.get('content-range'));
  const isData = isListed && !isEmpty(status, headers);
  return isOdd || isData ? 'Javascript validation failed' : null;
}

function isMarkupOrJson(type: string): boolean {
  return (
    type === 'text/html' ||
    /^(?:application|text)\/(?:json|xml)$/.test(type) ||
    /\+(?:json|xml)$/.test(type)
  );
}

/** What elements are for, and what browsers do not recognise by its first bytes. */
function isSafelisted(type: string): boolean {
  return (
    /^(?:audio|video)\//.test(type) ||
    JAVASCRIPT.test(type) ||
    type === 'text/css' ||
    type === 'image/svg+xml' ||
    type === 'application/ogg' ||
    type === 'application/dash+xml' ||
    type === 'application/vnd.apple.mpegurl' ||
    type === 'text/vtt'
  );
}

/** @see https://mimesniff.spec.whatwg.org/#javascript-mime-type */
const JAVASCRIPT =
  /^(?:application|text)\/(?:x-)?(?:ecma|java)script$|^text\/(?:javascript1\.[0-5]|jscript|livescript)$/;

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** No server gives an image or a script such a type by mistake. */
const NEVER_SNIFFED: ReadonlySet<string> = new Set([
  'application/gzip',
  'application/x-gzip',
  'application/x-protobuf',
  'application/zip',
  'application/msexcel',
  'application/mspowerpoint',
  'application/msword',
  'application/msword-template',
  'application/pdf',
  'application/vnd.ces-quickpoint',
  'application/vnd.ces-quicksheet',
  'application/vnd.ces-quickword',
  'application/vnd.ms-excel',
  'application/vnd.ms-excel.sheet.macroenabled.12',
  'application/vnd.ms-powerpoint',
  'application/vnd.ms-powerpoint.presentation.macroenabled.12',
  'application/vnd.ms-word',
  'application/vnd.ms-word.document.12',
  'application/vnd.ms-word.document.macroenabled.12',
  'application/vnd.msword',
  `${OFFICE}.presentationml.presentation`,
  `${OFFICE}.presentationml.template`,
  `${OFFICE}.spreadsheetml.sheet`,
  `${OFFICE}.spreadsheetml.template`,
  `${OFFICE}.wordprocessingml.document`,
  `${OFFICE}.wordprocessingml.template`,
  'application/vnd.presentation-openxml',
  'application/vnd.presentation-openxmlm',
  'application/vnd.spreadsheet-openxml',
  'application/vnd.wordprocessing-openxml',
  'multipart/byteranges',
  'multipart/signed',
  'text/csv',
  'text/event-stream',
]);

/** Bytes from the middle show nothing of what the whole is. */
function isMiddle(range: string | null): boolean {
  const start = /^bytes\s+(\d+)-\d+\/(?:\d+|\*)$/.exec(range ?? '')?.[1];
  return start !== undefined && Number(start) > 0;
}

function isEmpty(status: number, headers: HeaderList): boolean {
  return status === 204 || status === 205 || headers.get('content-length') === '0';
}
