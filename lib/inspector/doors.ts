import type { CheckReport } from '../diagnosis/check.js';
import type { CheckRequest } from '../diagnosis/check-request.js';
import type { CorsExplanation, CorsQuestion } from '../explanation/explain-request.js';
import type { CorsOutcome } from '../policy/policy.js';
import type { CorsPolicyFile } from '../policy-file/policy-file.js';

/**
 * What the page is opened with: a file of its own, a running application (`CorsInspector.setup()`), or
 * the command (`npx nestjs-cors ui`). A server writes it into `<meta name="nestjs-cors-door">`.
 */
export type Door = 'file' | 'application' | 'ui';

/** The `<meta>` element that says it; its content is `file` until a server replaces it. */
export const DOOR_META = 'nestjs-cors-door';

/** The parameter of the page's URL without which `npx nestjs-cors ui` answers nothing. */
export const TOKEN_PARAMETER = 'token';

/** What a page may ask its server, by endpoint: `./api/<name>`. All are POST with JSON. */
export interface DoorCalls {
  /** Of an application. */
  readonly application: { readonly question: NoQuestion; readonly answer: ApplicationAnswer };
  /** Of an application. */
  readonly origin: { readonly question: OriginQuestion; readonly answer: OriginAnswer };
  /** Of an application. */
  readonly explain: { readonly question: CorsQuestion; readonly answer: ExplainAnswer };
  /** Of an application. */
  readonly refusals: { readonly question: NoQuestion; readonly answer: RefusalsAnswer };
  /** Of both. */
  readonly send: { readonly question: SendQuestion; readonly answer: SendAnswer };
}

/** The body of a call that asks nothing in particular: `{}`. */
export type NoQuestion = Readonly<Record<string, never>>;

/** The body of every response whose status is not 200: one sentence, with what to do. */
export interface DoorRefusal {
  readonly message: string;
}

/** The policies of an application, and how it is reached. */
export interface ApplicationAnswer {
  readonly policy: CorsPolicyFile;
  /** Where the application itself listens, such as `http://127.0.0.1:3000`; null while it does not. */
  readonly address: string | null;
  /** The path of the inspector, as the application sees it: `/v1/cors`. */
  readonly path: string;
}

/** Who is asked about, in the box above the routes. */
export interface OriginQuestion {
  readonly origin: string;
}

/** What each policy says of one origin. */
export interface OriginAnswer {
  /** One for each of `Object.keys(policy.policies)`, in that order. */
  readonly states: readonly OriginState[];
}

/** `credentials`: allowed, and with credentials. `run-time`: a function or a class decides. */
export type OriginState = 'allowed' | 'credentials' | 'refused' | 'run-time';

/** What `CorsService.explain()` says. The policy is in the answer about the application. */
export type ExplainAnswer = Omit<CorsExplanation, 'policy'>;

/** The last requests that the application did not allow, the latest first. */
export interface RefusalsAnswer {
  readonly refusals: readonly SeenRefusal[];
  /** How many are kept at most. */
  readonly limit: number;
}

/** A request that was not allowed; equal ones are one. Everything in it may be cut. */
export interface SeenRefusal {
  readonly outcome: CorsOutcome;
  readonly origin: string;
  /** In a preflight, the method that it asked about. */
  readonly method: string;
  /** Without the query, which may have secrets. */
  readonly path: string;
  /** The route as it is registered; null where none serves. */
  readonly route: string | null;
  readonly handler: string | null;
  readonly preflight: boolean;
  /** `Access-Control-Request-Headers`: of preflights only. */
  readonly requestHeaders: string | null;
  /** Why, and what to change, as the log has it. */
  readonly sentence: string;
  /** How often, and when for the last time (milliseconds since 1970). */
  readonly times: number;
  readonly at: number;
}

/** What is to be sent as a browser would. Nothing is sent that nobody has agreed to. */
export interface SendQuestion {
  readonly request: CheckRequest;
  /** The questions that the user has answered with yes, word for word. */
  readonly agreed: readonly string[];
  /** Whether to stop after the preflight. Of an application only. */
  readonly preflightOnly?: boolean;
}

export type SendAnswer =
  | { readonly kind: 'report'; readonly report: CheckReport }
  /** To be put to the user. After a yes the call is repeated, with it in `agreed`. */
  | {
      readonly kind: 'question';
      readonly question: string;
      /** What is known without a yes; null where nothing was sent. */
      readonly report: CheckReport | null;
    };

/**
 * The URL of an endpoint, relative to the page: it may be behind the path of a proxy, with a slash at
 * its end or without.
 *
 * @param page the page's own URL, as in `location.href`
 */
export function endpointOf(page: string, name: keyof DoorCalls): string {
  const { origin, pathname, searchParams } = new URL(page);
  const endpoint = new URL(`${origin}${pathname.replace(/\/*$/, '/')}api/${name}`);
  const token = searchParams.get(TOKEN_PARAMETER);
  if (token !== null) endpoint.searchParams.set(TOKEN_PARAMETER, token);
  return endpoint.href;
}
