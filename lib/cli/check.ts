import type { HeaderLines, Send } from '../browser/http/http-exchange.js';
import { simulate } from '../browser/simulate.js';
import type { FixKind, Simulation } from '../browser/simulation.js';
import { checkGuide } from '../browser/words/check-guide.js';
import { nodeSend } from '../network/node-send.js';
import { printable } from '../text/escape.js';
import type { CheckArguments } from './arguments.js';
import { probe } from './probe.js';
import { codeFor } from './stacks/stacks.js';
import { findWarnings, type Warning } from './warnings.js';

/** Kinds of fixes that no setting is. */
const SETTLED: readonly FixKind[] = [
  'change-url',
  'change-redirect',
  'change-page',
  'reach-server',
];

/** Sends what a browser would send, and finds out what the browser would make of the answers. */
export async function check(asked: CheckArguments, send: Send): Promise<CheckReport> {
  const simulation = await simulate({
    pageOrigin: asked.origin,
    url: asked.url,
    method: asked.method,
    headers: asked.headers,
    credentials: asked.credentials,
    dialect: asked.browser,
    forcePreflight: asked.forcePreflight,
    send,
  });
  const observations = simulation.verdict === 'not-cors' ? [] : await probe(simulation, send);
  return {
    asked,
    simulation,
    conclusion: conclude(simulation),
    cause: causeOf(simulation),
    remedy: remedyOf(simulation),
    code: codeFor(asked.stack, simulation),
    warnings: findWarnings(simulation, observations),
  };
}

function causeOf({ failedCheck, details, fix, findings }: Simulation): string | null {
  // Where nothing answered, what the network says is all there is to say.
  if (failedCheck === 'NETWORK') return printable(details.reason ?? '');
  if (failedCheck !== null) return fix?.sentence ?? null;
  return findings.find(({ kind }) => kind === 'MIXED_CONTENT')?.sentence ?? null;
}

function remedyOf({ failedCheck, fix }: Simulation): string | null {
  if (failedCheck === null) return null;
  // Where no setting helps, the cause says what does; of a network error it says only what it is.
  const told = fix !== null && failedCheck !== 'NETWORK' && SETTLED.includes(fix.kind);
  return told ? null : checkGuide[failedCheck].fix;
}

/** What `check` found out, before anybody words it. */
export interface CheckReport {
  readonly asked: CheckArguments;
  readonly simulation: Simulation;
  readonly conclusion: Conclusion;
  /** Why it is not allowed; null when it is. Safe to print. */
  readonly cause: string | null;
  /** What to do about it, in general; null when there is nothing to do. */
  readonly remedy: string | null;
  /** The change for the kind of server that was asked for. */
  readonly code: readonly string[];
  readonly warnings: readonly Warning[];
}

/** How a check ended: what to tell, and with which exit code. */
interface Conclusion {
  readonly verdict: 'allowed' | 'blocked' | 'unknown';
  readonly exitCode: 0 | 1 | 2;
}

/** Draws the conclusion of a simulation. What never got an answer was not allowed, nor blocked. */
export function conclude({ verdict, failedCheck, findings }: Simulation): Conclusion {
  switch (failedCheck) {
    case null:
      // Not by a CORS check; but the page gets nothing all the same.
      return findings.some(({ kind }) => kind === 'MIXED_CONTENT') ? BLOCKED : ALLOWED;
    case 'NETWORK':
    case 'REDIRECT_LIMIT':
    case 'REDIRECT_LOCATION':
      return UNKNOWN;
    default:
      return verdict === 'allowed' ? ALLOWED : BLOCKED;
  }
}

const ALLOWED: Conclusion = { verdict: 'allowed', exitCode: 0 };
const BLOCKED: Conclusion = { verdict: 'blocked', exitCode: 1 };
const UNKNOWN: Conclusion = { verdict: 'unknown', exitCode: 2 };

/**
 * What browsers add to every such request, as far as a server may decide by it. `Sec-Fetch-Site`
 * is not among it: whether two hosts are of one site, only the public suffix list knows.
 */
const BROWSER_HEADERS: HeaderLines = [
  ['User-Agent', 'Mozilla/5.0 (compatible; nestjs-cors check)'],
  ['Accept-Encoding', 'gzip, deflate, br'],
  ['Sec-Fetch-Dest', 'empty'],
  ['Sec-Fetch-Mode', 'cors'],
];

/** The network as `check` uses it: what leaves it looks like a browser's. */
export function browserLikeSend({
  timeout,
  insecure,
}: Pick<CheckArguments, 'timeout' | 'insecure'>): Send {
  return nodeSend({ timeout, insecure, headers: BROWSER_HEADERS });
}
