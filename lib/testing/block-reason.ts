import type { CorsCheckId } from '../browser/cors-check-id.js';
import type { Simulation } from '../browser/simulation.js';
import type { CorsBlockReason } from './cors-block-reason.js';

const REASONS: Readonly<Partial<Record<CorsCheckId, CorsBlockReason>>> = {
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
};

/** Why a simulated request was blocked; null when it was not. */
export function blockReason({
  verdict,
  failedCheck,
  blockedAt,
  details,
}: Simulation): CorsBlockReason | null {
  if (verdict !== 'blocked' || failedCheck === null) return null;
  if (failedCheck === 'ACAO_MISSING') {
    return details.isDecided === true ? 'origin-not-allowed' : 'cors-disabled';
  }
  if (failedCheck === 'SCHEME' && blockedAt === 'redirect') return 'redirect-failed';
  return REASONS[failedCheck] ?? 'not-sent';
}
