import type { HeaderLines } from '../../browser/index.js';
import { httpUrl, readRequest, tokenOf, valueFor } from './facts.js';
import type { Paste } from './paste.js';

/** A call in a text, and where it begins: what stands before it does not belong to it. */
export interface ReadCall {
  readonly paste: Paste;
  readonly index: number;
}

interface Call {
  readonly index: number;
  readonly end: number;
  readonly method: string | undefined;
  readonly url: string | undefined;
  /** Whether its library sends objects as JSON. */
  readonly sendsJson: boolean;
}

const URL_IN_QUOTES = String.raw`(["'\`])(?<url>https?:\/\/[^"'\`\s]{1,2000})\2`;
/** `xhr.open('PUT', url)`; the name of the quotes comes first in all of them. */
const OPEN = new RegExp(
  String.raw`\.open\(\s*(["'])(?<method>[A-Za-z]{3,10})\1\s*,\s*(["'\`])(?<url>https?:\/\/[^"'\`\s]{1,2000})\3`,
);
/** `axios.put(url`, `this.http.put<Order>(url`, `$.post(url`. */
const VERB = new RegExp(
  String.raw`[\w$)]\.(get|getJSON|post|put|patch|delete|head)(?:<[^>\n]{0,80}>)?\(\s*${URL_IN_QUOTES}`,
);
/** `axios({ url, method })`, `$.ajax({ url, type })`, and what axios logs of a request. */
const OPTIONS =
  /\b(?:axios|ajax|\$http|ky|got|request)(?:\.request)?\(\s*\{|\bconfig["']?\s*:\s*\{/;
/** `axios(url`, `$.ajax(url`, `$fetch(url`. */
const NAMED = new RegExp(
  String.raw`(\b(?:axios|ajax|ky|got|\$?fetch|ofetch))\(\s*${URL_IN_QUOTES}`,
);

/** More of a text is not looked at: a call ends somewhere. */
const LENGTH = 4000;

/**
 * Reads a call as people write it: of axios, jQuery, Angular or XMLHttpRequest, or what axios logs of
 * one. Null where no absolute address is requested.
 */
export function readRequestCode(text: string): ReadCall | null {
  const call = callIn(text);
  if (call === null) return null;
  const rest = text.slice(call.end, call.end + LENGTH);
  const url = call.url ?? urlIn(rest);
  if (url === undefined) return null;
  const method = (
    call.method ??
    stringField(rest, 'method') ??
    stringField(rest, 'type') ??
    'GET'
  ).toUpperCase();
  const credentials = credentialsIn(rest);
  const headers = headersIn(rest);
  const names = headers.map(([name]) => name.toLowerCase());
  const isJson = call.sendsJson && !names.includes('content-type') && hasObject(rest, method);
  const paste: Paste = {
    form: 'code',
    url,
    ...readRequest(
      tokenOf(method),
      isJson ? [...headers, ['Content-Type', 'application/json']] : headers,
    ),
    ...(credentials !== undefined && { credentials }),
  };
  return { paste, index: call.index };
}

function callIn(text: string): Call | null {
  for (const [pattern, sendsJson] of [
    [OPEN, false],
    [VERB, true],
    [NAMED, true],
    [OPTIONS, true],
  ] as const) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const verb = pattern === VERB ? found[1]?.replace('JSON', '') : found.groups?.['method'];
    const isJquery = /(?:\$|jQuery)\.|ajax/.test(found[0]);
    return {
      index: found.index,
      end: found.index + found[0].length,
      method: verb,
      url: httpUrl(found.groups?.['url']),
      sendsJson: sendsJson && !isJquery,
    };
  }
  return null;
}

/** A URL, or the two parts that axios puts together. */
function urlIn(text: string): string | undefined {
  const url = stringField(text, 'url');
  const base = stringField(text, 'baseURL');
  if (httpUrl(url) !== undefined || httpUrl(base) === undefined) return httpUrl(url);
  return httpUrl(`${base?.replace(/\/+$/, '')}/${(url ?? '').replace(/^\/+/, '')}`);
}

/** A field of an object literal with a string in it. */
export function stringField(text: string, name: string): string | undefined {
  return new RegExp(`["']?\\b${name}["']?\\s*:\\s*["'\`]([^"'\`\\n]*)`, 'i').exec(text)?.[1];
}

/** Whether cookies are sent along; undefined where the code does not say. */
export function credentialsIn(text: string): boolean | undefined {
  const mode = stringField(text, 'credentials');
  if (mode !== undefined) return mode === 'include';
  const flag = /\bwithCredentials["']?\s*[:=]\s*(true|false)/.exec(text)?.[1];
  return flag === undefined ? undefined : flag === 'true';
}

const HEADER_BLOCK =
  /\bheaders["']?\s*[:=]\s*(?:new \w{1,20}\(\s*|AxiosHeaders\s*)?\{((?:\$\{[^}]{0,200}\}|[^{}]){0,2000})\}?/;
const PAIR = /(?:^|[{,\s])(?:(["'])([\w-]+)\1|([\w-]+))\s*:\s*(?:(["'`])([^"'`\n]*)\4)?/g;
const SETTER =
  /\.(?:setRequestHeader|set|append)\(\s*(["'])([A-Za-z][\w-]*)\1\s*,\s*(?:(["'`])([^"'`\n]*)\3)?/g;

/** The headers that code sets. What is not a string there gets a value that needs a preflight as much. */
export function headersIn(text: string): HeaderLines {
  const block = HEADER_BLOCK.exec(text)?.[1] ?? '';
  const pairs = [...block.matchAll(PAIR)].map(([, , quoted, bare, , value]) =>
    lineOf(quoted ?? bare ?? '', value),
  );
  const setters = [...text.matchAll(SETTER)].map(([, , name = '', , value]) => lineOf(name, value));
  const type = stringField(text, 'contentType');
  return [...pairs, ...setters, ...(type === undefined ? [] : [['Content-Type', type] as const])];
}

function lineOf(name: string, value: string | undefined): readonly [string, string] {
  return [name, value === undefined || value.includes('${') ? valueFor(name) : value];
}

/** Whether a call sends an object, which axios and Angular make JSON of. */
function hasObject(rest: string, method: string): boolean {
  if (!/^(?:POST|PUT|PATCH)$/.test(method)) return false;
  if (/FormData|URLSearchParams|stringify\(|urlencoded/.test(rest)) return false;
  return (
    /^\s*,\s*(?!null\b|undefined\b|\{\s*["']?(?:headers|params|withCredentials)\b)\S/.test(rest) ||
    /\b(?:data|json|body)["']?\s*:/.test(rest)
  );
}
