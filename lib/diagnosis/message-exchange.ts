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
        send: sendAsTold(told, message.at),
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
  const said = (name: string, stand: readonly string[], values?: readonly string[]): Told => {
    const isValueKnown = values !== undefined && values.join('') !== '';
    return { headers: { [name]: isValueKnown ? values : stand }, isValueKnown };
  };
  const error = pastedStatus === undefined ? {} : { status: pastedStatus };
  switch (check) {
    case 'ACAO_MISSING':
      return { ...error, headers: NONE, isValueKnown: true };
    case 'ACAO_MULTIPLE':
      return said(ALLOW_ORIGIN, ['*', '*'], value?.split(/, */));
    case 'ACAO_INVALID':
      return said(ALLOW_ORIGIN, ['app.example'], value === undefined ? undefined : [value]);
    case 'ACAO_MISMATCH':
      return said(
        ALLOW_ORIGIN,
        ['https://other.example'],
        value === undefined ? undefined : [value],
      );
    case 'ACAO_WILDCARD_CREDENTIALS':
      return said(ALLOW_ORIGIN, ['*'], ['*']);
    case 'ACAC_NOT_TRUE':
      return {
        ...said(ALLOW_CREDENTIALS, [], value === undefined ? undefined : [value]),
        isValueKnown: true,
      };
    case 'PREFLIGHT_STATUS': {
      const status = Number(/^\d{3}/.exec(named ?? '')?.[0] ?? pastedStatus ?? 0);
      return { status: status || 404, headers: {}, isValueKnown: status !== 0 };
    }
    case 'ACAM_PARSE':
      return said(ALLOW_METHODS, ['GET PUT'], wrong(member ?? value));
    case 'ACAH_PARSE':
      return said(ALLOW_HEADERS, ['content-type authorization'], wrong(member ?? value));
    case 'METHOD':
      return { headers: { [ALLOW_METHODS]: null }, isValueKnown: false };
    case 'HEADER':
      return { headers: { [ALLOW_HEADERS]: null }, isValueKnown: false };
    case 'AUTHORIZATION_WILDCARD':
      return said(ALLOW_HEADERS, ['*'], ['*']);
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

function wrong(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}

/** Answers so at the stages that the message may be about, and otherwise so that it passes. */
function sendAsTold(told: Told, at: IdentifiedMessage['at']): Send {
  return (sent) => {
    const isHere = isPreflight(sent)
      ? at.includes('preflight')
      : at.some((stage) => stage !== 'preflight');
    return Promise.resolve(isHere ? changed(whateverPasses(sent), told) : whateverPasses(sent));
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
