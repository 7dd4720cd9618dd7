import { HeaderList } from '../browser/http/header-list.js';
import type {
  CorsCheckId,
  HeaderLines,
  IdentifiedMessage,
  ReceivedResponse,
  Send,
  SentRequest,
  Simulation,
} from '../browser/index.js';
import { simulate } from '../browser/index.js';
import { type CheckRequest, pageRequest } from './check-request.js';
import { whateverPasses } from './judge-response.js';
import type { Paste } from './paste/paste.js';

/** What a message of a console stands for: an exchange that ends in it. */
export interface MessageExchange {
  readonly check: CorsCheckId;
  /**
   * What the browser does where the server answers as the message says; null where no answer of a server
   * ends in this check, or the message says too little.
   */
  readonly simulation: Simulation | null;
  /** Whether the message says how the header reads that failed: otherwise, a guess stands there. */
  readonly isValueKnown: boolean;
}

/**
 * Puts together the exchange that a message tells of: of each of the checks that it may mean, with the
 * first answer of a server that ends in it.
 */
export async function messageExchanges(
  request: CheckRequest,
  message: IdentifiedMessage,
  { status }: Pick<Paste, 'status'>,
): Promise<readonly MessageExchange[]> {
  return Promise.all(
    message.checks.map(async (check): Promise<MessageExchange> => {
      const told = toldOf(check, message.values, status);
      if (told === null) return { check, simulation: null, isValueKnown: false };
      const simulation = await simulate({
        ...pageRequest(request),
        // A method that is refused needs a preflight anyway; where another forces it, no list is needed.
        forcePreflight: request.forcePreflight && check !== 'METHOD',
        mixedContent: 'note',
        send: sendAsTold(told, message.at, request),
      });
      return {
        check,
        simulation: simulation.failedCheck === check ? simulation : null,
        isValueKnown: told.isValueKnown,
      };
    }),
  );
}

/** The method of a message that does not name it: one that the browser had to ask for, where it was refused. */
export function likelyMethod({ method, identified }: Pick<Paste, 'method' | 'identified'>): string {
  return method ?? (identified?.checks.includes('METHOD') === true ? 'PUT' : 'GET');
}

/** What a response has in place of what would pass; null is a header that is missing. */
interface Told {
  readonly status?: number;
  readonly headers: Readonly<Record<string, readonly string[] | null>>;
  readonly isValueKnown: boolean;
  /** Whether there is no response at all. */
  readonly isSilent?: boolean;
}

const ALLOW_ORIGIN = 'access-control-allow-origin';
const ALLOW_CREDENTIALS = 'access-control-allow-credentials';
const ALLOW_METHODS = 'access-control-allow-methods';
const ALLOW_HEADERS = 'access-control-allow-headers';

function toldOf(
  check: CorsCheckId,
  { value, member, status: named }: IdentifiedMessage['values'],
  pastedStatus: number | undefined,
): Told | null {
  const status = Number(/^\d{3}/.exec(named ?? '')?.[0] ?? pastedStatus ?? 0);
  const known = status === 0 ? {} : { status };
  const said = (name: string, stand: readonly string[], values?: readonly string[]): Told => {
    const isValueKnown = values !== undefined && values.join('') !== '';
    return { headers: { [name]: isValueKnown ? values : stand }, isValueKnown };
  };
  switch (check) {
    case 'ACAO_MISSING':
      return { ...known, headers: NONE, isValueKnown: true };
    case 'ACAO_MULTIPLE':
      return { ...known, ...said(ALLOW_ORIGIN, ['*', '*'], value?.split(/, */)) };
    case 'ACAO_INVALID':
      return { ...known, ...said(ALLOW_ORIGIN, ['app.example'], lineOf(value)) };
    case 'ACAO_MISMATCH':
      // Where it is not known, no origin that a change would keep.
      return { ...known, ...said(ALLOW_ORIGIN, ['null'], lineOf(value)) };
    case 'ACAO_WILDCARD_CREDENTIALS':
      return { ...known, ...said(ALLOW_ORIGIN, ['*'], ['*']) };
    case 'ACAC_NOT_TRUE':
      return { ...known, ...said(ALLOW_CREDENTIALS, [], lineOf(value)), isValueKnown: true };
    case 'PREFLIGHT_STATUS':
      return { status: status === 0 ? 404 : status, headers: {}, isValueKnown: status !== 0 };
    case 'PREFLIGHT_REDIRECT':
      // It leads nowhere: no change is to name a target that nobody has seen.
      return { status: 302, headers: { location: ['http://'] }, isValueKnown: false };
    case 'ACAM_PARSE':
      return said(ALLOW_METHODS, ['GET PUT'], lineOf(member ?? value));
    case 'ACAH_PARSE':
      return said(ALLOW_HEADERS, ['content-type authorization'], lineOf(member ?? value));
    case 'METHOD':
      return { headers: { [ALLOW_METHODS]: null }, isValueKnown: false };
    case 'HEADER':
      return { headers: { [ALLOW_HEADERS]: null }, isValueKnown: false };
    case 'AUTHORIZATION_WILDCARD':
      return said(ALLOW_HEADERS, ['*'], ['*']);
    case 'NETWORK':
      return { headers: {}, isValueKnown: true, isSilent: true };
    default:
      return null;
  }
}

/** No header is of a CORS layer. */
const NONE: Told['headers'] = {
  [ALLOW_ORIGIN]: null,
  [ALLOW_CREDENTIALS]: null,
  [ALLOW_METHODS]: null,
  [ALLOW_HEADERS]: null,
  'access-control-max-age': null,
  vary: null,
};

function lineOf(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}

/** Answers so at the stages that the message may be about, and otherwise so that it passes. */
function sendAsTold(told: Told, at: IdentifiedMessage['at'], { credentials }: CheckRequest): Send {
  return (sent) => {
    if (told.isSilent === true) return Promise.reject(new Error('There was no response.'));
    const isHere = isPreflight(sent)
      ? at.includes('preflight')
      : at.some((stage) => stage !== 'preflight');
    const passing = passingFor(sent, credentials);
    return Promise.resolve(isHere ? changed(passing, told) : passing);
  };
}

/** What would pass, and no more: a change keeps whatever is allowed already. */
function passingFor(sent: SentRequest, credentials: boolean): ReceivedResponse {
  const { headers } = whateverPasses(sent);
  return {
    status: isPreflight(sent) ? 204 : 200,
    headers: credentials
      ? headers
      : headers.filter(([name]) => name.toLowerCase() !== ALLOW_CREDENTIALS),
  };
}

function isPreflight({ headers }: SentRequest): boolean {
  return new HeaderList(headers).get('access-control-request-method') !== null;
}

function changed(passing: ReceivedResponse, { status, headers }: Told): ReceivedResponse {
  const kept = passing.headers.filter(([name]) => headers[name.toLowerCase()] === undefined);
  const added = Object.entries(headers).flatMap(([name, values]): HeaderLines =>
    (values ?? []).map((value) => [name, value] as const),
  );
  return { status: status ?? passing.status, headers: [...kept, ...added] };
}
