import type { CorsCheckId, IdentifiedMessage, Stage } from '../../browser/index.js';

/** Translations keep the technical words, the address and the quoted values. */
const HEADER = /Access-Control-(?:Allow-(?:Origin|Credentials|Methods|Headers))/;
const QUOTED =
  /['‘’‚‛`"“”„«»「」『』]\s*([^'‘’‚‛`"“”„«»「」『』\s]{1,300})\s*['‘’‚‛`"“”„«»「」『』]/g;
const SEVERAL = /mult|mehrere|plusieurs|più|meerdere|wiele|неск|複数|多个|多個|여러/i;
const URL_IN = /(?:https?|file|ftp):\/\/[^\s'’"」』）)]+/;
const ACCESS: readonly Stage[] = ['preflight', 'response', 'redirect'];

/** Recognises Firefox's message in any language; null where the technical words are missing. */
export function readLocalised(text: string): IdentifiedMessage | null {
  const line = text.split('\n').find((one) => /CORS/.test(one) && URL_IN.test(one));
  if (line === undefined) return null;
  const url = URL_IN.exec(line)?.[0].replace(/[.:,;。，)]+$/, '') ?? '';
  const reason = line.slice(line.indexOf(url) + url.length);
  const values = [...reason.matchAll(QUOTED)].map(([, value = '']) => value);
  const others = values.filter(
    (value) => !HEADER.test(value) && !/^(?:true|CORS|Origin)$/.test(value),
  );
  const found = checkOf(reason, others);
  return found === null
    ? null
    : {
        browser: 'firefox',
        checks: [found.check],
        at: found.at ?? ACCESS,
        values: { url, ...found.values },
      };
}

interface Found {
  readonly check: CorsCheckId;
  readonly at?: readonly Stage[];
  readonly values?: Readonly<Record<string, string>>;
}

function checkOf(reason: string, [other]: readonly string[]): Found | null {
  const at: readonly Stage[] = ['preflight'];
  switch (HEADER.exec(reason)?.[0]) {
    case 'Access-Control-Allow-Credentials':
      return { check: 'ACAC_NOT_TRUE' };
    case 'Access-Control-Allow-Methods':
      return other === undefined
        ? { check: 'METHOD', at }
        : { check: 'ACAM_PARSE', at, values: { member: other } };
    case 'Access-Control-Allow-Headers':
      return { check: 'HEADER', at, ...(other !== undefined && { values: { header: other } }) };
    case 'Access-Control-Allow-Origin':
      if (other === '*') return { check: 'ACAO_WILDCARD_CREDENTIALS' };
      if (other !== undefined) return { check: 'ACAO_MISMATCH', values: { value: other } };
      return { check: SEVERAL.test(reason) ? 'ACAO_MULTIPLE' : 'ACAO_MISSING' };
    default:
      if (/\bhttp\b/i.test(reason)) return { check: 'SCHEME', at: ['request', 'redirect'] };
      return /[(（:：][^\n]{0,200}CORS/.test(reason) ? withoutHeader(reason) : null;
  }
}

/** A failed preflight has a status, no response `(null)`; older versions name neither. */
function withoutHeader(reason: string): Found | null {
  if (/\(null\)/.test(reason)) return { check: 'NETWORK' };
  return /\b\d{3}\b/.test(reason) ? { check: 'PREFLIGHT_STATUS', at: ['preflight'] } : null;
}
