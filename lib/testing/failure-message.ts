import { printableHeaders } from '../browser/http/header-list.js';
import type { CorsCheckId, Simulation } from '../browser/index.js';
import { documentationOf } from '../text/documentation.js';
import { printable } from '../text/escape.js';
import type { CorsBlockReason, CorsCall } from './cors-call.js';

/** What a failed test prints: what was expected, what happened instead, and step by step how. */
export function failureMessage(
  call: CorsCall,
  expected: string,
  actual: string,
  { steps, message, fix, failedCheck: check }: Simulation,
): string {
  const credentials = call.credentials === true ? ' with credentials' : '';
  const lines = [
    `Expected ${call.method} ${printable(call.path)} from ${call.origin}${credentials} to be ${expected}, but it is ${actual}.`,
    '',
  ];
  for (const { request, response, failedCheck } of steps) {
    const status = response === null ? 'no response' : String(response.status);
    const failed = failedCheck === null ? '' : `  <- ${failedCheck}`;
    lines.push(`  ${request.method} ${request.url} -> ${status}${failed}`);
    for (const [name, value] of request.headers) {
      if (name.startsWith('Access-Control-')) lines.push(`    > ${name}: ${value}`);
    }
    for (const line of printableHeaders(response?.headers ?? [])) lines.push(`    < ${line}`);
  }
  if (message !== null) lines.push('', `  ${message.replaceAll('\n', '\n  ')}`);
  if (fix !== null) lines.push('', `  ${fix.sentence}`);
  if (check !== null) lines.push('', `  More: ${documentationOf('troubleshooting', check)}`);
  return lines.join('\n');
}

/** Null where the verdict is `network-error`: there was no response to block. */
type Reason = CorsBlockReason | null;

const REASONS: Readonly<Record<CorsCheckId, Reason | ((simulation: Simulation) => Reason)>> = {
  ACAO_MISSING: ({ details }) =>
    details.variesByOrigin === true ? 'origin-not-allowed' : 'cors-disabled',
  ACAO_INVALID: 'origin-not-allowed',
  ACAO_MISMATCH: 'origin-not-allowed',
  ACAO_MULTIPLE: 'several-origins',
  ACAO_WILDCARD_CREDENTIALS: 'credentials-not-allowed',
  ACAC_NOT_TRUE: 'credentials-not-allowed',
  METHOD: 'method-not-allowed',
  HEADER: 'header-not-allowed',
  AUTHORIZATION_WILDCARD: 'header-not-allowed',
  PREFLIGHT_STATUS: 'preflight-failed',
  PREFLIGHT_REDIRECT: 'preflight-failed',
  ACAM_PARSE: 'preflight-failed',
  ACAH_PARSE: 'preflight-failed',
  REDIRECT_USERINFO: 'redirect-failed',
  REDIRECT_LIMIT: 'redirect-failed',
  REDIRECT_MODE: 'redirect-failed',
  REDIRECT_LOCATION: null,
  SCHEME: ({ blockedAt }) => (blockedAt === 'redirect' ? 'redirect-failed' : 'not-sent'),
  MODE: 'not-sent',
  INVALID_REQUEST: 'not-sent',
  MIXED_CONTENT: 'not-sent',
  CORP: 'cors-disabled',
  ORB: 'cors-disabled',
  LNA: 'not-sent',
  CORS_DISABLED: 'not-sent',
  BAD_PORT: null,
  NETWORK: null,
};

/** Why a simulated request was blocked; null when it was not. */
export function blockReason(simulation: Simulation): CorsBlockReason | null {
  if (simulation.failedCheck === null) return null;
  const reason = REASONS[simulation.failedCheck];
  return typeof reason === 'function' ? reason(simulation) : reason;
}
