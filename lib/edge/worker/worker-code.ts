import { MAX_ORIGIN_LENGTH } from '../../fetch/origins.js';
import type { EdgeMode } from '../edge-target.js';
import { READABLE_HEADERS, TOO_MANY_EMPTY, TOO_MANY_NAMES } from '../origins/header-list.js';
import {
  DEFAULT_PORT,
  OVERLONG_HOST,
  SERIALIZED_ORIGIN,
  UPPER_CASE_HOST,
} from '../origins/origin-expressions.js';
import type { EdgeTables } from '../tables.js';
import { quoted, regexp } from './tables-text.js';

/** What reads the tables. */
export function codeText({ basePath, reading, odd, escapes }: EdgeTables, mode: EdgeMode): string {
  const literalOf = reading.caseSensitive
    ? "/[A-Z]/.test(path) ? '' : path"
    : 'path.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())';
  return `const BASE_PATH = ${quoted(basePath)};
const PATH_ENDS = /[${reading.delimiters}]/;
const ODD = ${odd === undefined ? '/(?!)/' : regexp(odd)};
const ESCAPED = ${escapes === undefined ? '/(?!)/' : regexp(escapes)};

// What browsers send as Origin.
const SERIALIZED = ${regexp(SERIALIZED_ORIGIN)};
const UNSENT = [${[UPPER_CASE_HOST, OVERLONG_HOST, DEFAULT_PORT].map(regexp).join(', ')}];

// Access-Control-Request-Headers that can be read.
const READABLE = ${regexp(READABLE_HEADERS)};
const TOO_MANY = [${[TOO_MANY_NAMES, TOO_MANY_EMPTY].map(regexp).join(', ')}];

/**
 * ${mode === 'answer' ? 'Answers preflights, and writes the CORS headers of all responses' : 'Writes CORS headers on the response that it makes where the upstream gives none'}.
 *
 * @param {Request} request
 * @param {(request: Request) => Response | Promise<Response>} fetchUpstream asks the application
 * @returns {Promise<Response>}
 */
export async function withCors(request, fetchUpstream) {
  const asked = read(request);
${mode === 'answer' ? ANSWER : FILL}}

/** What a request asks, and the id of the answer to it; none: nothing is touched. */
function read(request) {
  const { headers, method } = request;
  const origin = headers.get('origin') ?? '';
  const requested = headers.get('access-control-request-method') ?? '';
  const isPreflight = method === 'OPTIONS' && origin !== '' && requested !== '';
  const names = headers.get('access-control-request-headers') ?? '';
  const asked = { origin, method: isPreflight ? requested : method, names, isPreflight };
  const cell = CELLS[cellAt(new URL(request.url), asked.method)] ?? {};
  if (!isPreflight) return { ...asked, answer: decide(cell.response, origin) };
  const isMalformed = origin.length > ${MAX_ORIGIN_LENGTH} || !isReadable(names);
  return { ...asked, answer: isMalformed ? ANSWERS[cell.malformed] : decide(cell.preflight, origin) };
}

function cellAt({ pathname, search }, method) {
  if (!pathname.startsWith(\`\${BASE_PATH}/\`)) return undefined;
  const path = (pathname + search).slice(BASE_PATH.length).split(PATH_ENDS, 1)[0];
  const guard = GUARDS.find(([expression]) => expression.test(path));
  if (guard !== undefined) return cellOf(guard[1], method);
  const [, cells, oddCells] = placeAt(path) ?? ELSEWHERE;
  return cellOf(oddCells !== undefined && ODD.test(path) ? oddCells : cells, method);
}

function placeAt(path) {
  if (ESCAPED.test(path)) return PLACES.find((place) => place[3]?.test(path));
  const literal = LITERALS.get(${literalOf});
  return literal === undefined ? PLACES.find((place) => place[0].test(path)) : PLACES[literal];
}

function cellOf([byMethod, other], method) {
  return Object.hasOwn(byMethod, method) ? byMethod[method] : other;
}

function decide(decision, origin) {
  if (decision === undefined) return undefined;
  const [rules, answers] = decision;
  const isSent =
    origin.length <= ${MAX_ORIGIN_LENGTH} &&
    SERIALIZED.test(origin) &&
    !UNSENT.some((expression) => expression.test(origin));
  const digits = rules.map((rule) => (isSent && isListed(RULES[rule], origin) ? 1 : 0));
  return ANSWERS[answers[digits.join('')]];
}

function isListed([exact, expressions], origin) {
  return exact.has(origin) || expressions.some((expression) => expression.test(origin));
}

function isReadable(names) {
  return (
    names.length <= 8192 &&
    READABLE.test(names) &&
    !TOO_MANY.some((expression) => expression.test(names))
  );
}

function write(headers, { answer, origin, method, names }) {
  for (const name of ['allow-origin', 'allow-credentials', 'expose-headers']) {
    headers.delete(\`access-control-\${name}\`);
  }
  const put = (name, value) => {
    if (value !== undefined && value !== '') headers.set(name, value);
  };
  const originOf = (value) => (value === 'origin' ? origin : value);
  put('Access-Control-Allow-Origin', originOf(answer.allowOrigin));
  put('Access-Control-Allow-Credentials', answer.credentials && 'true');
  put('Access-Control-Expose-Headers', answer.exposeHeaders);
  put('Timing-Allow-Origin', originOf(answer.timingAllowOrigin));
  put('Access-Control-Allow-Methods', listed(answer.allowMethods, announced(method)));
  put('Access-Control-Allow-Headers', listed(answer.allowHeaders, namesIn(names)));
  put('Access-Control-Max-Age', answer.maxAge === undefined ? undefined : String(answer.maxAge));
  if (answer.varyByOrigin && !/(?:^|,)\\s*(?:origin|\\*)\\s*(?:,|$)/i.test(headers.get('vary') ?? '')) {
    headers.append('Vary', 'Origin');
  }
}

function listed(said, asked) {
  if (said === undefined) return undefined;
  return [...new Set([...said.names, ...(said.requested ? asked : [])])].join(', ');
}

/** With its URL as it was read: some runtimes forward encoded dots and backslashes as they were sent. */
function asRead(request) {
  const { href } = new URL(request.url);
  return href === request.url ? request : new Request(href, request);
}

/** The requested method, if it may be announced. */
function announced(method) {
  const isToken = /^[\\w!#$%&'*+.^\`|~-]+$/.test(method);
  return isToken && !/^(?:CONNECT|TRACE|TRACK|\\*)$/i.test(method) ? [method] : [];
}

/** Without a star, which would stand for all names. */
function namesIn(list) {
  const members = list.toLowerCase().split(',').map((name) => name.trim());
  return members.filter((name) => name !== '' && name !== '*');
}

async function ask(request, fetchUpstream) {
  try {
    return await fetchUpstream(asRead(request));
  } catch {
    return undefined;
  }
}

function badGateway() {
  return new Response('The application does not answer.\\n', { status: 502 });
}
`;
}

const ANSWER = `  const { answer } = asked;
  if (answer?.status !== undefined) {
    const response = new Response(null, { status: answer.status });
    write(response.headers, asked);
    return response;
  }
  const upstream = (await ask(request, fetchUpstream)) ?? badGateway();
  // Of a WebSocket, there is nothing to be read.
  if (answer === undefined || upstream.status === 101) return upstream;
  const response = new Response(upstream.body, upstream);
  write(response.headers, asked);
  return response;
`;

const FILL = `  const upstream = await ask(request, fetchUpstream);
  if (upstream !== undefined) return upstream;
  const response = badGateway();
  if (asked.answer !== undefined && !asked.isPreflight) write(response.headers, asked);
  return response;
`;
