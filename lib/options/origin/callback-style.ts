/**
 * The name of the second parameter of a function, where its text calls it: `(origin, callback) =>
 * callback(null, true)`, as `enableCors()` takes it. Such a function returns nothing, so it would
 * refuse everyone. Only text tells; native and bound functions have none, and pass.
 */
export function callbackOf(given: Function): string | undefined {
  return readSignature(given)?.callback;
}

/** The text of a function that calls its second parameter, and the names of both. */
interface Signature {
  readonly code: string;
  readonly origin: string;
  readonly callback: string;
}

function readSignature(given: Function): Signature | undefined {
  const code = Function.prototype.toString.call(given).replace(LITERALS, ' ');
  const list = parameterList(code);
  if (list === undefined) return undefined;
  const [origin = 'origin', callback] = list.parameters.map((one) => NAME.exec(one)?.[1]);
  const isCalled = callback !== undefined && callsOf(callback).test(code.slice(list.end));
  return isCalled ? { code, origin, callback } : undefined;
}

/** How a function of that style says what it allows, for the remedy. */
export interface CallbackStyle {
  /** The names of its parameters. */
  readonly origin: string;
  readonly callback: string;
  /** The list or set that it asks, as it is written there: `allowedOrigins`. */
  readonly list?: { readonly name: string; readonly method: string };
}

/** How an origin function is written that calls its second parameter, if it does. */
export function callbackStyleOf(given: Function): CallbackStyle | undefined {
  const signature = readSignature(given);
  if (signature === undefined) return undefined;
  const { code, origin, callback } = signature;
  const asked = [...code.matchAll(ASKED)].filter(([, , , argument]) => argument === origin);
  const names = new Set(asked.map(([, name]) => name));
  const [[, name, method] = []] = asked;
  // What else it asks is not seen: a second list, or the end of a name.
  const isAll = names.size === 1 && !/\.(?:endsWith|startsWith|test|match)\(/.test(code);
  if (!isAll || name === undefined || method === undefined) return { origin, callback };
  return { origin, callback, list: { name, method } };
}

/** `allowedOrigins.includes(origin)`, `this.origins.has(origin)`. */
const ASKED =
  /([\p{ID_Start}$_][\p{ID_Continue}$.]*)\??\.(includes|indexOf|has)\(\s*([\p{ID_Continue}$]+)\s*[),]/gu;

/** A parameter that is a name, perhaps with a default value: neither destructured nor a rest. */
const NAME = /^\s*([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)\s*(?:=|$)/u;

/** `name(`, `name?.(`, `name.call(`: not `x.name(`, and not `surname(`. */
function callsOf(name: string): RegExp {
  const literal = name.replaceAll('$', String.raw`\$`);
  return new RegExp(
    String.raw`(?<![\p{ID_Continue}$#.]|\bfunction\s+)${literal}\s*(?:\?\.\s*)?(?:\.\s*(?:call|apply)\s*)?\(`,
    'u',
  );
}

/** What may look like code inside, or hide some: comments, strings, templates, RegExps. */
const LITERALS =
  /\/\/[^\n]*|\/\*[^]*?\*\/|'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"|`(?:\\[^]|[^`\\])*`|(?<=(?:^|[(,=:[!&|?{};+*%~^<>-]|\breturn)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;

const OPENING = '([{';
const CLOSING = ')]}';

/** The parameters between the first parentheses, and where they end; none for `origin => …`. */
function parameterList(code: string): { parameters: string[]; end: number } | undefined {
  const parameters: string[] = [];
  let parameter = '';
  let depth = 0;
  let isWithin = false;
  for (const { 0: token, index } of code.matchAll(/=>|[^]/g)) {
    if (depth === 0) {
      if (token === '=>') return undefined;
      // A computed name, `[name('x')](origin, callback)`, may have parentheses as well.
      isWithin = token === '(';
    }
    if (CLOSING.includes(token)) depth -= 1;
    if (depth === 0 && token === ')') return { parameters: [...parameters, parameter], end: index };
    if (isWithin && depth === 1 && token === ',') {
      parameters.push(parameter);
      parameter = '';
    } else if (isWithin && depth > 0) {
      parameter += token;
    }
    if (OPENING.includes(token)) depth += 1;
  }
  return undefined;
}
