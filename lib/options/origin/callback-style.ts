/**
 * The name of the second parameter of a function, where its text calls it: `(origin, callback) =>
 * callback(null, true)`, as `enableCors()` takes it. Such a function returns nothing, so it would
 * refuse everyone. Only text tells; native and bound functions have none, and pass.
 */
export function callbackOf(given: Function): string | undefined {
  const code = withoutLiterals(Function.prototype.toString.call(given));
  const list = parameterList(code);
  const name = list && NAME.exec(list.parameters[1] ?? '')?.[1];
  if (list === undefined || name === undefined) return undefined;
  return callsOf(name).test(code.slice(list.end)) ? name : undefined;
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
  const callback = callbackOf(given);
  if (callback === undefined) return undefined;
  const code = withoutLiterals(Function.prototype.toString.call(given));
  const list = parameterList(code);
  const origin = NAME.exec(list?.parameters[0] ?? '')?.[1] ?? 'origin';
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

function withoutLiterals(text: string): string {
  return text.replace(LITERALS, (literal) => (/^\/[/*]/.test(literal) ? ' ' : '0'));
}

const OPENING = '([{';
const CLOSING = ')]}';

/** The parameters between the first parentheses, and where they end; none for `origin => …`. */
function parameterList(code: string): { parameters: string[]; end: number } | undefined {
  const parameters = [''];
  let depth = 0;
  let isWithin = false;
  for (let index = 0; index < code.length; index += 1) {
    const char = code.charAt(index);
    if (!isWithin && depth === 0 && code.startsWith('=>', index)) return undefined;
    // A computed name, `[name('x')](origin, callback)`, may have parentheses as well.
    if (char === '(' && depth === 0) isWithin = true;
    if (CLOSING.includes(char)) depth -= 1;
    if (isWithin && depth === 0 && char === ')') return { parameters, end: index + 1 };
    const isOutermost = isWithin && depth === 1;
    if (isOutermost && char === ',') parameters.push('');
    else if (isWithin && depth > 0) parameters.push((parameters.pop() ?? '') + char);
    if (OPENING.includes(char)) depth += 1;
  }
  return undefined;
}
