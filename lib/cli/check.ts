import type { FixKind } from '../browser/fix.js';
import { checkGuide } from '../browser/fixes/check-guide.js';
import type { Send } from '../browser/http-exchange.js';
import { simulate } from '../browser/simulate.js';
import type { Simulation } from '../browser/simulation.js';
import { printable } from '../text/escape.js';
import type { CheckArguments } from './check-arguments.js';
import type { CheckReport } from './check-report.js';
import { conclude } from './conclusion.js';
import { codeFor } from './stacks/code-for.js';
import { findWarnings } from './warnings/find-warnings.js';
import { probe } from './warnings/probe.js';

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
