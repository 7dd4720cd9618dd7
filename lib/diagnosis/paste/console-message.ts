import { type CorsCheckId, type IdentifiedMessage, identifyMessage } from '../../browser/index.js';
import { httpUrl, originOf, tokenOf } from './facts.js';
import { readLocalised } from './localised.js';
import type { Paste } from './paste.js';

/** Reads what was copied from a browser's console; null when it is not about CORS. */
export function readConsole(text: string): Paste | null {
  const known = identifyMessage(text);
  const isCors = known?.checks.every((check) => !LOOK_ALIKES.includes(check)) === true;
  const identified = isCors ? known : readLocalised(text);
  if (identified === null) return null;
  const { browser, checks, at, values } = identified;
  const method = tokenOf(values['method']);
  const header = tokenOf(values['header']);
  const url = urlIn(identified, text);
  const origin = originIn(identified, text);
  return {
    form: 'console',
    identified,
    browser,
    ...(url !== undefined && { url }),
    ...(origin !== undefined && { origin }),
    ...(method !== undefined && { method }),
    // The message does not say which value it had; any that needs a preflight will do.
    headers: header === undefined ? [] : [[header, valueFor(header)]],
    ...(checks.some(needsCredentials) && { credentials: true }),
    forcePreflight:
      method === undefined && header === undefined && at.every((stage) => stage === 'preflight'),
  };
}

/** What the browsers' model knows, but no CORS header changes: `lookalikes.ts` says what does. */
const LOOK_ALIKES: readonly CorsCheckId[] = ['MIXED_CONTENT', 'CORP', 'ORB'];

/** How the frames of all years name the URL; the first one that a redirect began with comes first. */
const URLS: readonly RegExp[] = [
  /redirected from ['‘"]?(https?:\/\/[^\s'’")]+)/,
  /\bat ['‘"]?(https?:\/\/[^\s'’"]+)['’"]? (?:\(redirected|from origin)/,
  /\bcannot load (https?:\/\/\S+)/,
  /\bFailed to load (https?:\/\/\S+):/,
  /\bXMLHttpRequest for (https?:\/\/\S+)/,
  /(https?:\/\/[^\s'’")]+)/,
];

function urlIn({ values }: IdentifiedMessage, text: string): string | undefined {
  const from = /redirected from '?([^')]+)/.exec(values['redirected'] ?? '')?.[1];
  const said = httpUrl(from ?? values['url']);
  if (said !== undefined) return said;
  // Not the page's own address.
  const page = values['pageOrigin'] ?? values['origin'];
  for (const pattern of URLS) {
    const found = httpUrl(pattern.exec(text)?.[1]?.replace(/[.:,;)]+$/, ''));
    if (found !== undefined && found !== page) return found;
  }
  return undefined;
}

function originIn({ values }: IdentifiedMessage, text: string): string | undefined {
  const named =
    /\bOrigin ['‘"]?([a-z][a-z0-9+.-]*:\/\/[^\s'’"]+|null)['’"]? is (?:therefore )?not allowed/.exec(
      text,
    )?.[1];
  const from = /\bfrom origin ['‘"]?([a-z][a-z0-9+.-]*:\/\/[^\s'’"]+|null)/.exec(text)?.[1];
  return (
    originOf(values['pageOrigin']) ??
    originOf(values['origin']) ??
    originOf(named) ??
    originOf(from)
  );
}

function needsCredentials(check: CorsCheckId): boolean {
  return check === 'ACAO_WILDCARD_CREDENTIALS' || check === 'ACAC_NOT_TRUE';
}

function valueFor(header: string): string {
  return header.toLowerCase() === 'content-type' ? 'application/json' : '"1"';
}
