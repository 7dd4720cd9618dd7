import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A configuration as an application writes it; see test/cases/configurations.json. */
export interface WrittenCase {
  readonly framework: string;
  readonly origin: WrittenOrigin;
  readonly options: Readonly<Record<string, unknown>>;
}

interface WrittenOrigin {
  readonly k: string;
  readonly v?: unknown;
  readonly default?: unknown;
  readonly trim?: boolean;
  readonly filter?: boolean;
  readonly filtered?: boolean;
  readonly set?: string;
  readonly unset?: string;
  readonly style?: string;
  readonly noOrigin?: boolean;
  readonly refuse?: string;
  readonly rules?: readonly Readonly<Record<string, unknown>>[];
  readonly prod?: WrittenOrigin;
  readonly dev?: WrittenOrigin;
}

/** Whether the environment variables are set, and whether it is production. */
export interface Surroundings {
  readonly isSet: boolean;
  readonly isProduction: boolean;
}

export function readConfigurations(root: string): readonly WrittenCase[] {
  return JSON.parse(readFileSync(join(root, 'test/cases/configurations.json'), 'utf8'));
}

/** What their functions ask. */
export const SCOPE = {
  allowedOrigins: ['https://app.example.com', 'http://localhost:3000'],
  findOrigins: () => Promise.resolve(['https://app.example.com']),
};

/** What `enableCors()` was given. */
export function optionsOf({ origin, options }: WrittenCase, surroundings: Surroundings): unknown {
  if (origin.k === 'delegate') {
    const inner = JSON.stringify({ origin: true, ...options });
    return evaluate(`(request, callback) => callback(null, ${inner})`);
  }
  const value = originOf(origin, surroundings);
  return value === ABSENT ? { ...options } : { origin: value, ...options };
}

const ABSENT = Symbol('no origin');

function originOf(origin: WrittenOrigin, surroundings: Surroundings): unknown {
  const { isSet, isProduction } = surroundings;
  switch (origin.k) {
    case 'none':
      return ABSENT;
    case 'star':
      return '*';
    case 'true':
      return true;
    case 'string':
      return origin.v;
    case 'env':
      return isSet ? 'https://app.example.com' : origin.default;
    case 'env-split':
      return isSet ? split(origin) : origin.default === 'true' ? true : origin.default;
    case 'template':
      return isSet ? origin.set : origin.unset;
    case 'list':
      return listOf(origin, isSet);
    case 'by-environment': {
      const chosen = isProduction ? origin.prod : origin.dev;
      return chosen === undefined ? ABSENT : originOf(chosen, surroundings);
    }
    case 'function':
      return evaluate(functionText(origin));
    default:
      throw new Error(`No such origin: ${origin.k}`);
  }
}

/** As people write a variable: with a space after the comma, and one comma too many. */
function split({ trim = false, filter = false }: WrittenOrigin): string[] {
  const pieces = 'https://app.example.com, https://shop.example.com,'.split(',');
  const trimmed = trim ? pieces.map((piece) => piece.trim()) : pieces;
  return filter ? trimmed.filter(Boolean) : trimmed;
}

function listOf({ v, filtered = false }: WrittenOrigin, isSet: boolean): unknown[] {
  const members = Array.from(v as Iterable<unknown>, (member) => {
    if (typeof member !== 'object' || member === null) return member;
    if ('re' in member)
      return new RegExp(String(member.re), 'flags' in member ? String(member.flags) : '');
    return isSet ? 'https://app.example.com' : Reflect.get(member, 'default');
  });
  return filtered ? members.filter(Boolean) : members;
}

/** The text of an origin function of that style, with that many rules. */
function functionText({ style, noOrigin, refuse, rules = [] }: WrittenOrigin): string {
  const isPromise = style === 'promise';
  const say = (answer: string) =>
    isPromise ? `return ${answer};` : `return callback(null, ${answer});`;
  const lines = rules.map((rule) => `if (${conditionOf(rule)}) ${say('true')}`);
  const refusal =
    refuse === 'error' && !isPromise
      ? "callback(new Error('Not allowed by CORS'));"
      : say(refuse === 'allow' ? 'true' : 'false');
  const async = style === 'callback' ? '' : 'async ';
  const parameters = isPromise ? '(origin)' : '(origin, callback)';
  const first = noOrigin === true ? `if (!origin) ${say('true')}` : '';
  return `${async}${parameters} => { ${[first, ...lines, refusal].join(' ')} }`;
}

function conditionOf(rule: Readonly<Record<string, unknown>>): string {
  const [kind = ''] = Object.keys(rule);
  const value = rule[kind];
  const text = JSON.stringify(value);
  switch (kind) {
    case 'list':
    case 'envList':
    case 'devList':
      return 'allowedOrigins.includes(origin)';
    case 'ends':
      return `origin.endsWith(${text})`;
    case 'starts':
      return `origin.startsWith(${text})`;
    case 'includes':
      return `origin.includes(${text})`;
    case 'hostEnds':
      return `new URL(origin).hostname.endsWith(${text})`;
    case 're':
    case 'devRe':
    case 'hostRe':
      return `new RegExp(${JSON.stringify(Reflect.get(Object(value), 're'))}).test(origin)`;
    case 'db':
      return '(await findOrigins()).includes(origin)';
    case 'any':
    case 'devAny':
    case 'envOrAny':
      return 'true';
    default:
      throw new Error(`No such rule: ${kind}`);
  }
}

/** Evaluates code of a test, with what its functions ask in scope. */
export function evaluate(code: string): unknown {
  // The text is the case.
  // oxlint-disable-next-line typescript/no-implied-eval
  const run = new Function(...Object.keys(SCOPE), `return (${code});`);
  return run(...Object.values(SCOPE));
}
