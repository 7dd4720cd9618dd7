import { isLoopbackHost } from '../policy/origin-loopback.js';
import { parseOrigin } from '../policy/origin-parser.js';

/** The valid origin that a refused one most likely stands for, if there is one. */
export function suggestOrigin(text: string): string | undefined {
  const trimmed = text.trim();
  const suggestion = trimmed.includes('://') ? serialize(trimmed) : addScheme(trimmed);
  const isValid = suggestion !== undefined && typeof parseOrigin(suggestion) === 'object';
  return isValid && suggestion !== text ? suggestion : undefined;
}

/** As browsers do: lower case, punycode, canonical addresses, no default port, nothing after it. */
function serialize(text: string): string | undefined {
  // Not `URL.canParse`, which on Node.js 20 refuses `ü` as soon as it is compiled.
  try {
    const { protocol, host } = new URL(text);
    return `${protocol}//${host}`;
  } catch {
    return undefined;
  }
}

function addScheme(text: string): string | undefined {
  const https = serialize(`https://${text.replace(/^\/\//, '')}`);
  // Nobody has a certificate for localhost.
  const isLoopback = https !== undefined && isLoopbackHost(new URL(https).hostname);
  return isLoopback ? https.replace('https', 'http') : https;
}
