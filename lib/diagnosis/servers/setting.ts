import { HeaderList } from '../../browser/http/header-list.js';
import type { FixKind, ReceivedResponse, Simulation } from '../../browser/index.js';
import {
  isCorsResponseHeaderName,
  isForbiddenRequestHeaderName,
} from '../../fetch/header-names.js';
import { isForbiddenMethod, isSafelistedMethod } from '../../fetch/methods.js';
import { isSerializedOrigin } from '../../fetch/origins.js';
import type { CheckRequest } from '../check-request.js';
import { isLogin } from '../login-redirect.js';
import { type Setting, USUAL_METHODS } from './server.js';

const USUAL_HEADERS = ['content-type', 'authorization'];

/**
 * What the responses should say for a blocked request to pass, and whatever they say already. Null where
 * no setting helps, or where nothing could be printed that holds for every language.
 */
export function settingFor(request: CheckRequest, simulation: Simulation): Setting | null {
  const { fix, steps } = simulation;
  const last = steps.at(-1);
  const wrong = fix === null ? null : wrongFor(fix.kind, simulation);
  if (wrong === null || last === undefined) return null;

  const preflight = steps.findLast(({ kind }) => kind === 'preflight');
  const seen = new HeaderList(last.response?.headers ?? []);
  const lists = new HeaderList(preflight?.response?.headers ?? []);
  const asked = new HeaderList(preflight?.request.headers ?? []).get(
    'access-control-request-headers',
  );
  // A page that sends headers of responses must leave them out: no server should allow them.
  const names = (asked?.split(',') ?? []).filter((name) => !isCorsResponseHeaderName(name));
  const origins = originsOf(request, seen);
  const listed = {
    methods: lists.tokens('access-control-allow-methods')?.members,
    headers: lists.tokens('access-control-allow-headers')?.members,
  };
  const methods = united(listed.methods ?? USUAL_METHODS, [
    ...(request.methodKnown === false ? USUAL_METHODS : []),
    last.request.method === 'OPTIONS' ? askedMethod(last.request.headers) : last.request.method,
  ]).filter((method) => !isForbiddenMethod(method));
  // Some list `Cookie`, which no page sets; here, it would be refused at startup.
  const allowedHeaders = united(listed.headers ?? USUAL_HEADERS, names, (name) =>
    name.toLowerCase(),
  ).filter((name) => !isForbiddenRequestHeaderName(name));
  // A name that some language would read as something else is not put into code.
  if (origins.length === 0 || ![...names, request.method].every(isPlain)) return null;

  return {
    origins,
    credentials: !origins.includes('*') && (request.credentials || says(seen, 'true')),
    methods,
    allowedHeaders,
    wrong,
    listsMethods:
      wrong === 'methods' ||
      (listed.methods !== undefined &&
        !isSafelistedMethod(request.method) &&
        !covers(listed.methods, [request.method], request)),
    listsHeaders:
      wrong === 'headers' ||
      (listed.headers !== undefined && !covers(listed.headers, names, request)),
    wasOpen: !origins.includes('*') && seen.get('access-control-allow-origin') === '*',
    silent: isSilent(last.response),
    guarded: preflight?.response != null && isGuard(preflight.response),
    path: new URL(request.url).pathname,
  };
}

function wrongFor(
  kind: FixKind,
  { failedCheck, blockedAt, details }: Simulation,
): Setting['wrong'] | null {
  switch (kind) {
    case 'allow-origin':
    case 'send-one-origin':
      return 'origin';
    case 'allow-credentials':
      return 'credentials';
    case 'allow-method':
      return 'methods';
    case 'allow-headers':
      return 'headers';
    case 'correct-list':
      return failedCheck === 'ACAM_PARSE' ? 'methods' : 'headers';
    case 'answer-preflight':
      return 'preflight';
    case 'change-url':
      // Where the request itself leads to a login, no setting of CORS helps.
      return blockedAt === 'preflight' && isLogin(details.location) ? 'preflight' : null;
    default:
      return null;
  }
}

/** None for an opaque origin: to allow `null` would let every sandboxed frame in. */
function originsOf({ origin, credentials }: CheckRequest, seen: HeaderList): readonly string[] {
  const values = (seen.get('access-control-allow-origin') ?? '')
    .split(',')
    .map((value) => value.trim());
  if (values.length === 1 && values[0] === '*' && !credentials) return ['*'];
  if (origin === 'null') return [];
  const others = values.filter((value) => value !== 'null' && isSerializedOrigin(value));
  return united(
    [origin],
    others,
    (name) => name,
    () => true,
  );
}

function says(headers: HeaderList, value: string): boolean {
  return headers.get('access-control-allow-credentials') === value;
}

function askedMethod(headers: readonly (readonly [string, string])[]): string {
  return new HeaderList(headers).get('access-control-request-method') ?? 'GET';
}

/** Each once; what is there already first. */
function united(
  listed: readonly string[],
  names: readonly string[],
  normalized: (name: string) => string = (name) => name,
  isPrintable = isPlain,
): readonly string[] {
  return [...new Set([...listed, ...names].map(normalized).filter(isPrintable))];
}

/** Whether a name means the same in every language, in quotes. `*` is not among them: it is not a name. */
function isPlain(name: string): boolean {
  return /^[\w.-]+$/.test(name);
}

function covers(
  listed: readonly string[],
  names: readonly string[],
  { credentials }: CheckRequest,
): boolean {
  const lower = listed.map((name) => name.toLowerCase());
  return (
    (lower.includes('*') && !credentials) ||
    names.every((name) => lower.includes(name.toLowerCase()))
  );
}

function isSilent(response: ReceivedResponse | null): boolean {
  const headers = new HeaderList(response?.headers ?? []);
  return (
    !headers.lists('vary', 'origin') &&
    headers.names().every((name) => !name.startsWith('access-control-'))
  );
}

function isGuard({ status, headers }: ReceivedResponse): boolean {
  if (status === 401 || status === 403 || status === 407) return true;
  return status >= 300 && status < 400 && isLogin(new HeaderList(headers).get('location') ?? '');
}
