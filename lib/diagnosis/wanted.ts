import { corsCheck } from '../browser/fetch/cors-check.js';
import { failedPreflightCheck } from '../browser/fetch/preflight-checks.js';
import { HeaderList } from '../browser/http/header-list.js';
import type { CorsCheckId, HeaderLines, SimulationStep } from '../browser/index.js';
import { isSafelistedMethod } from '../fetch/methods.js';
import { printable, shortened } from '../text/escape.js';
import type { CheckRequest } from './check-request.js';
import { whateverPasses } from './judge-response.js';

/** What a browser checks of a response, beside what came. */
export interface WantedRow {
  /** A header, or `Status`. */
  readonly name: string;
  readonly wanted: string;
  /** Null where the header is missing. Safe to print. */
  readonly came: string | null;
  /** `failed` is what the browser reports; `next` would be, were that mended. */
  readonly outcome: 'passed' | 'failed' | 'next';
}

const NAMES = {
  status: 'Status',
  origin: 'Access-Control-Allow-Origin',
  credentials: 'Access-Control-Allow-Credentials',
  methods: 'Access-Control-Allow-Methods',
  headers: 'Access-Control-Allow-Headers',
} as const;

type Part = keyof typeof NAMES;

/** What each check looks at; those that are missing look at no header of a response. */
const LOOKS_AT: Readonly<Partial<Record<CorsCheckId, Part>>> = {
  ACAO_MISSING: 'origin',
  ACAO_MULTIPLE: 'origin',
  ACAO_INVALID: 'origin',
  ACAO_MISMATCH: 'origin',
  ACAO_WILDCARD_CREDENTIALS: 'origin',
  ACAC_NOT_TRUE: 'credentials',
  PREFLIGHT_STATUS: 'status',
  PREFLIGHT_REDIRECT: 'status',
  ACAM_PARSE: 'methods',
  ACAH_PARSE: 'headers',
  METHOD: 'methods',
  HEADER: 'headers',
  AUTHORIZATION_WILDCARD: 'headers',
};

/** What a browser wanted of the response to a step, and what came; none where nothing did. */
export function wantedOf(step: SimulationStep, request: CheckRequest): readonly WantedRow[] {
  const { response, failedCheck } = step;
  if (response === null || step.kind === 'cached-preflight') return [];
  const sent = new HeaderList(step.request.headers);
  const origin = sent.get('origin');
  if (origin === null) return [];
  const headers = new HeaderList(response.headers);
  const failed = failedCheck === null ? undefined : LOOKS_AT[failedCheck];
  const outcomeOf = (part: Part): WantedRow['outcome'] => {
    if (part === failed) return 'failed';
    return passes(part, step, origin, request) ? 'passed' : 'next';
  };
  const row = (part: Exclude<Part, 'status'>, wanted: string): WantedRow => {
    const came = headers.get(NAMES[part]);
    return {
      name: NAMES[part],
      wanted,
      came: came === null ? null : printable(shortened(came, 300)),
      outcome: outcomeOf(part),
    };
  };
  const shared = [
    row('origin', request.credentials ? origin : `${origin} or *`),
    ...(request.credentials ? [row('credentials', 'true')] : []),
  ];
  if (step.kind === 'request') return shared;

  const method = sent.get('access-control-request-method') ?? '';
  const names = sent.get('access-control-request-headers');
  return [
    {
      name: NAMES.status,
      wanted: '200 to 299',
      came: String(response.status),
      outcome: outcomeOf('status'),
    },
    ...shared,
    ...(isSafelistedMethod(method) && failed !== 'methods' ? [] : [row('methods', method)]),
    ...(names === null && failed !== 'headers'
      ? []
      : [row('headers', (names ?? '').replaceAll(',', ', '))]),
  ];
}

/** Whether one part of a response passes, were all others right. */
function passes(
  part: Part,
  { kind, request: sent, response }: SimulationStep,
  origin: string,
  { credentials, browser }: CheckRequest,
): boolean {
  if (response === null) return false;
  const name = NAMES[part].toLowerCase();
  const isPart = ([other]: HeaderLines[number]) => other.toLowerCase() === name;
  const asked = new HeaderList(sent.headers);
  const passing = whateverPasses(sent);
  const headers = new HeaderList([
    ...passing.headers.filter((one) => !isPart(one)),
    ...response.headers.filter(isPart),
  ]);
  if (kind === 'request') return corsCheck(headers, origin, credentials) === null;
  const names = asked.get('access-control-request-headers')?.split(',') ?? [];
  const failure = failedPreflightCheck({
    status: part === 'status' ? response.status : 204,
    headers,
    browser,
    query: {
      url: sent.url,
      origin,
      method: asked.get('access-control-request-method') ?? 'GET',
      unsafeNames: names,
      writtenNames: names,
      credentialed: credentials,
      forced: false,
      repeated: false,
    },
  });
  return failure === null;
}
