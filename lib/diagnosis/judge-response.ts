import { HeaderList } from '../browser/http/header-list.js';
import {
  type ReceivedResponse,
  type Send,
  type SentRequest,
  simulate,
  type Simulation,
} from '../browser/index.js';
import { isSerializedOrigin } from '../fetch/origins.js';
import { printable } from '../text/escape.js';
import { type CheckRequest, pageRequest } from './check-request.js';
import { type CheckReport, reportOf } from './check.js';
import { responseTo } from './paste-difference.js';
import type { Paste, PastedResponse } from './paste/paste.js';
import type { Observation } from './probe.js';
import type { Warning } from './warnings.js';

/** What stands for the page and for the address where a paste does not name them. */
const SOME_PAGE = 'https://app.example.com';
const SOME_URL = 'https://api.example.com/';

/** The page is the one that the response names, if it names one: the rest is judged for it then. */
export function withStandIns(paste: Paste): Paste {
  const named = (paste.responses ?? [])
    .map(({ headers }) => new HeaderList(headers).get('access-control-allow-origin'))
    .find((value) => value !== null && value !== 'null' && isSerializedOrigin(value));
  return { ...paste, url: paste.url ?? SOME_URL, origin: paste.origin ?? named ?? SOME_PAGE };
}

/**
 * Judges pasted responses as a browser does. Nothing is sent. What responds to a request without
 * `Origin` says little about one that has it.
 */
export async function judgeResponses(
  request: CheckRequest,
  responses: readonly PastedResponse[],
  isWithoutOrigin = false,
): Promise<CheckReport> {
  const assumed = new Set<ReceivedResponse>();
  const send: Send = (sent) => {
    const found = responseTo(sent, responses);
    if (found !== null) return Promise.resolve(found);
    const isHere = new URL(sent.url).href === new URL(request.url).href;
    if (!isHere || responses.length === 0) {
      return Promise.reject(
        new Error(`The paste ends before the response to ${sent.method} ${printable(sent.url)}.`),
      );
    }
    const passing = whateverPasses(sent);
    assumed.add(passing);
    return Promise.resolve(passing);
  };
  const simulation = await simulate({
    ...pageRequest(request),
    // There is a response, so nothing was in its way.
    mixedContent: 'note',
    send,
  });
  const steps = simulation.steps.filter(
    ({ response }) => response === null || !assumed.has(response),
  );
  const left = simulation.steps.filter(
    ({ response }) => response !== null && assumed.has(response),
  );
  const seen: Simulation = { ...simulation, steps };
  const notes = [...(isWithoutOrigin ? [WITHOUT_ORIGIN] : []), ...left.flatMap(notInPaste)];
  return reportOf(request, seen, observed(seen), notes, 'paste');
}

/** A response that passes: what is not in a paste is not what it is about. */
export function whateverPasses({ headers }: SentRequest): ReceivedResponse {
  const asked = new HeaderList(headers);
  return {
    status: 204,
    headers: [
      ['Access-Control-Allow-Origin', asked.get('origin') ?? '*'],
      ['Vary', 'Origin'],
      ['Access-Control-Allow-Credentials', 'true'],
      ['Access-Control-Allow-Methods', asked.get('access-control-request-method') ?? ''],
      ['Access-Control-Allow-Headers', asked.get('access-control-request-headers') ?? ''],
      ['Access-Control-Max-Age', '600'],
    ],
  };
}

const WITHOUT_ORIGIN: Warning = {
  id: 'SENT_WITHOUT_ORIGIN',
  level: 'warning',
  sentence:
    "curl sent no `Origin`, and many servers add CORS headers only where there is one: run it again with `-H 'Origin: …'`, the address of the page; " +
    "for a preflight also with `-X OPTIONS -H 'Access-Control-Request-Method: …'`.",
};

function notInPaste({ kind, request }: Simulation['steps'][number]): readonly Warning[] {
  return [
    {
      id: 'NOT_IN_PASTE',
      level: 'note',
      sentence:
        `The response to ${kind === 'preflight' ? 'the preflight' : `the ${request.method} itself`} ` +
        'is not in the paste, so nothing is said about it: paste it as well, or let the server be asked.',
    },
  ];
}

/** The responses of a simulation, to look at once more. */
export function observed({ steps }: Simulation): readonly Observation[] {
  return steps.flatMap(({ kind, request, response }): readonly Observation[] =>
    response === null || kind === 'cached-preflight'
      ? []
      : [{ kind, from: 'page', request, response }],
  );
}
