import { escapeExpression } from '../expression.js';

/** A text as requests have it that are decoded before it is compared: browsers encode some characters, others not. */
export function spelledSource(text: string): string {
  return Array.from(encodeURI(text).matchAll(/%[\da-f]{2}|./gis), ([character]) =>
    character.length === 3 ? decodedSource(character) : escapeExpression(character),
  ).join('');
}

/** An escape, or what it stands for, if that can be sent and divides nothing. */
export function decodedSource(escape: string): string {
  const character = String.fromCharCode(parseInt(escape.slice(1), 16));
  return /[!-~]/.test(character) && !/[%?#/]/.test(character)
    ? `(?:${inAnyCase(escape)}|${escapeExpression(character)})`
    : inAnyCase(escape);
}

/** ASCII letters in both cases. */
export function inAnyCase(text: string): string {
  return Array.from(text, (each) =>
    /[a-z]/i.test(each) ? `[${each.toUpperCase()}${each.toLowerCase()}]` : escapeExpression(each),
  ).join('');
}

/** What `encodeURI` leaves alone and `decodeURI` decodes. */
export const UNRESERVED = /[\w.!~*'()-]/;
