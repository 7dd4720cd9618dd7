import { mimeEssence } from './mime-essence.js';
import { isSafelistedRange } from './safelisted-range.js';

const MAX_BYTES = 128;

/**
 * Whether a page may set a request header, with this value, without a CORS-preflight request.
 * Client hints and `Last-Event-ID` are not safelisted.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function isSafelistedRequestHeader(name: string, value: string): boolean {
  // Header values are byte strings here: one character is one byte.
  if (value.length > MAX_BYTES) return false;
  switch (name.toLowerCase()) {
    case 'accept':
      return !hasUnsafeByte(value);
    case 'accept-language':
    case 'content-language':
      return isLanguageValue(value);
    case 'content-type':
      return !hasUnsafeByte(value) && isFormType(mimeEssence(value));
    case 'range':
      return isSafelistedRange(value);
    default:
      return false;
  }
}

/** The types that an HTML form can send without leave. */
function isFormType(essence: string | null): boolean {
  return (
    essence === 'application/x-www-form-urlencoded' ||
    essence === 'multipart/form-data' ||
    essence === 'text/plain'
  );
}

/** @see https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte */
function hasUnsafeByte(value: string): boolean {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true;
    if ('"():<>?@[\\]{}'.includes(value.charAt(index))) return true;
  }
  return false;
}

function isLanguageValue(value: string): boolean {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    const isDigit = code >= 0x30 && code <= 0x39;
    const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
    if (!isDigit && !isLetter && !' *,-.;='.includes(value.charAt(index))) return false;
  }
  return true;
}
