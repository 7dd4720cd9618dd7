import type { HeaderLines, ReceivedResponse } from '../../browser/index.js';
import type { PreflightDecision } from '../../policy/decide-preflight.js';
import type { ModelAnswer, PolicyModel } from '../../policy-file/policy-model.js';
import { shorten } from '../compare-access.js';
import type { Question } from './compare-answers.js';
import type { PlannedRequest } from './plan-requests.js';

/** What the file says of a request. */
export interface Expectation {
  readonly expected: ReceivedResponse;
  readonly question: Question;
}

/** What a file expects of requests, and of what it does not know. */
export class Expectations {
  private readonly reasons = new Map<string, Set<string>>();

  constructor(private readonly model: PolicyModel) {}

  /** Undefined where the file does not know the answer. */
  of(request: PlannedRequest): Expectation | undefined {
    const { origin } = request;
    if (request.isPreflight && origin !== undefined) {
      const answer = this.model.preflight({ ...request, origin });
      if (answer.kind !== 'decided') return this.note(request, answer);
      const { headers, status } = answer.decision;
      const expected = { status, headers: linesOf(headers) };
      return { expected, question: this.question({ ...request, origin }, answer.decision) };
    }
    const answer = this.model.response(request);
    if (answer.kind !== 'decided') return this.note(request, answer);
    const { headers, varyByOrigin } = answer.decision;
    const vary: HeaderLines = varyByOrigin ? [['Vary', 'Origin']] : [];
    return {
      // Of a response to something other than a preflight, the status is the application's.
      expected: { status: 200, headers: [...linesOf(headers), ...vary] },
      question: {
        isPreflight: false,
        origin,
        method: request.method,
        requestHeaders: [],
        allowsMethod: () => false,
        allowsHeader: () => false,
      },
    };
  }

  /** In sentences, each with its places. */
  unknown(): readonly string[] {
    return Array.from(this.reasons, ([reason, places]) => `${shorten([...places], 6)}: ${reason}`);
  }

  private question(
    request: PlannedRequest & { readonly origin: string },
    decision: PreflightDecision,
  ): Question {
    const lists = (asked: Partial<PlannedRequest>, header: string, name: string) => {
      const answer = this.model.preflight({ ...request, ...asked });
      if (answer.kind !== 'decided') return false;
      const { headers } = answer.decision;
      return (
        membersOf(headers, header).includes(name) && hasCredentials(headers) === isCredentialed
      );
    };
    const isCredentialed = hasCredentials(decision.headers);
    return {
      isPreflight: true,
      origin: request.origin,
      method: request.method,
      requestHeaders: request.requestHeaders?.split(',') ?? [],
      allowsMethod: (method) => lists({ method }, 'Access-Control-Allow-Methods', method),
      allowsHeader: (name) => lists({ requestHeaders: name }, 'Access-Control-Allow-Headers', name),
    };
  }

  private note({ place }: PlannedRequest, answer: ModelAnswer<unknown>): undefined {
    const reason =
      answer.kind === 'at run time'
        ? `${answer.by} decides at run time`
        : answer.kind === 'by version'
          ? 'a version decides that the request does not name'
          : 'CORS is left to the application';
    const places = this.reasons.get(reason) ?? new Set();
    this.reasons.set(reason, places.add(place));
    return undefined;
  }
}

function linesOf(pairs: readonly string[]): HeaderLines {
  return Array.from({ length: pairs.length / 2 }, (_, index) => [
    pairs[2 * index] ?? '',
    pairs[2 * index + 1] ?? '',
  ]);
}

function membersOf(pairs: readonly string[], name: string): readonly string[] {
  return linesOf(pairs)
    .filter(([header]) => header === name)
    .flatMap(([, value]) => value.split(', '));
}

function hasCredentials(pairs: readonly string[]): boolean {
  return pairs.includes('Access-Control-Allow-Credentials');
}
