import { types } from 'node:util';
import { isPlainList, isPlainObject, isPlainRegExp } from '../read/snapshot.js';

const MAX_LENGTH = 120;

/** Prints a value as source code for one line of a terminal: escaped, cut, without passwords. */
export function printValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `'${escape(cut(withoutUserInfo(value)), /[\\'`]/g)}'`;
    case 'bigint':
      return `${value}n`;
    case 'function':
      return types.isProxy(value) ? 'Proxy' : escape(cut(`function ${value.name}`.trimEnd()), /`/g);
    case 'object':
      return printObject(value);
    default:
      return String(value);
  }
}

/** A value as it may be kept and logged: strings without passwords, objects in a few words. */
export function storeValue(value: unknown): unknown {
  if (typeof value === 'string') return withoutUserInfo(value);
  const isObject = typeof value === 'object' && value !== null && !isPlainRegExp(value);
  return isObject || typeof value === 'function' ? printValue(value) : value;
}

/** The word for a value's type, as in ``got `-1` (number)``. */
export function printType(value: unknown): string {
  if (value === null) return 'null';
  if (types.isProxy(value)) return 'Proxy';
  if (isPlainList(value)) return 'array';
  if (isPlainRegExp(value)) return 'RegExp';
  if (typeof value !== 'object' || isPlainObject(value)) return typeof value;
  return classNameOf(value) === '' ? 'object with inherited properties' : 'instance of a class';
}

function printObject(value: object | null): string {
  if (value === null) return 'null';
  if (types.isProxy(value)) return 'Proxy';
  if (isPlainList(value)) return value.length === 0 ? '[]' : `[… ${value.length} …]`;
  if (isPlainRegExp(value)) return escape(cut(`/${value.source}/${value.flags}`), /`/g);
  return isPlainObject(value) ? '{…}' : escape(cut(`${classNameOf(value)} {…}`.trimStart()), /`/g);
}

/** The class of an instance; empty where its prototype is just another object. */
function classNameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null || types.isProxy(prototype)) return '';
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof constructor === 'function' ? constructor.name : '';
}

/** `https://user:secret@host` would put the secret into a log. */
function withoutUserInfo(text: string): string {
  return text.replace(/:\/\/[^/?#\s]*@/g, '://…@');
}

function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

/** Escapes quotes with a backslash, and what does not show or moves the cursor by its number. */
function escape(text: string, quotes: RegExp): string {
  return text
    .replace(quotes, (quote) => (quote === '`' ? '\\x60' : `\\${quote}`))
    .replace(
      /[^\p{L}\p{N}\p{P}\p{S} ]/gu,
      (char) => `\\u{${Number(char.codePointAt(0)).toString(16)}}`,
    );
}

/**
 * The path of an option: `forRoot().policies.public.origin`, or for a decorator,
 * `@Cors() on OrdersController.update: maxAge`.
 *
 * @param declaredAt `forRoot()`, or `@Cors() on …`
 * @param option its name, perhaps with an index: `origin[2]`
 */
export function optionPath(declaredAt: string, option: string): string {
  if (declaredAt.startsWith('@')) return `${declaredAt}: ${option}`;
  const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\[\d+\])?$/u.test(option);
  return isName ? `${declaredAt}.${option}` : `${declaredAt}[${printValue(option)}]`;
}
