import { headerOf, httpUrl, readRequestHeaders, tokenOf } from './facts.js';
import type { Paste } from './paste.js';

/** Options of curl with a value that says nothing about the request. */
const WITH_VALUE =
  /^(?:-o|-m|-w|-x|-c|-K|-E|-T|-y|-Y|-z|-C|-r|--output|--max-time|--connect-timeout|--write-out|--proxy|--cacert|--cert|--key|--resolve|--retry|--cookie-jar|--config|--form|-F)$/;

/** Reads a curl line, as typed or as `Copy as cURL` gives it for bash and for cmd. */
export function readCurl(text: string): Paste | null {
  const start = /(?:^|[\n$>][ \t]{0,20})curl(?:\.exe)?\s/.exec(text);
  if (start === null) return null;
  const words = wordsOf(text.slice(start.index + start[0].length));
  let url: string | undefined;
  let method: string | undefined;
  let body = false;
  const lines: (readonly [string, string])[] = [];
  const add = (line: string | undefined) => {
    const header = headerOf(line ?? '');
    if (header !== null) lines.push(header);
  };
  for (let index = 0; index < words.length; index += 1) {
    const [option, value] = optionOf(words, index);
    if (option === null) {
      url ??= httpUrl(value) ?? httpUrl(`http://${value ?? ''}`);
      continue;
    }
    if (/^(?:-X|--request)$/.test(option)) method = tokenOf(value);
    else if (/^(?:-H|--header)$/.test(option)) add(value);
    else if (/^(?:-b|--cookie)$/.test(option)) lines.push(['Cookie', value ?? '']);
    else if (/^(?:-u|--user)$/.test(option)) lines.push(['Authorization', 'Basic']);
    else if (/^(?:-e|--referer)$/.test(option)) lines.push(['Referer', value ?? '']);
    else if (/^(?:-A|--user-agent)$/.test(option)) lines.push(['User-Agent', value ?? '']);
    else if (option === '--url') url ??= httpUrl(value);
    else if (/^(?:-d|--data(?:-.*)?|--json)$/.test(option)) {
      body = true;
      if (option === '--json') lines.push(['Content-Type', 'application/json']);
    } else if (/^(?:-I|--head)$/.test(option)) {
      method ??= 'HEAD';
      continue;
    } else if (!WITH_VALUE.test(option)) continue;
    if (words[index] === option) index += 1;
  }
  if (url === undefined) return null;
  return {
    form: 'curl',
    url,
    method: method ?? (body ? 'POST' : 'GET'),
    ...readRequestHeaders(lines),
  };
}

/** `-Xvalue`, `--name=value`, or a word and the next one; null for what is not an option. */
function optionOf(
  words: readonly string[],
  index: number,
): readonly [option: string | null, value: string | undefined] {
  const word = words[index] ?? '';
  const joined = /^(-[XHbudeA])(.+)$/s.exec(word) ?? /^(--[a-z-]+)=(.*)$/s.exec(word);
  if (joined !== null) return [joined[1] ?? '', joined[2]];
  return word.startsWith('-') ? [word, words[index + 1]] : [null, word];
}

/** The words of the first command, by the rules of bash and, where it has carets, of cmd. */
function wordsOf(text: string): readonly string[] {
  const isCmd = /\^"|\^\r?\n/.test(text);
  const source = isCmd ? text.replaceAll(/\^\r?\n/g, ' ').replaceAll(/\^(.)/gs, '$1') : text;
  const words: string[] = [];
  let word: string[] | null = null;
  let quote = '';
  for (let index = 0; index < source.length; index += 1) {
    const one = source.charAt(index);
    if (one === '\\' && quote !== "'") {
      const next = source.charAt((index += 1));
      // A line that goes on.
      if (next === '\r' && source.charAt(index + 1) === '\n') index += 1;
      else if (next !== '\n') (word ??= []).push(unescaped(next, quote));
    } else if (quote !== '') {
      if (one === (quote === '$' ? "'" : quote)) quote = '';
      else (word ??= []).push(one);
    } else if (one === '$' && source.charAt(index + 1) === "'") {
      quote = '$';
      word ??= [];
      index += 1;
    } else if (one === "'" || one === '"') {
      quote = one;
      word ??= [];
    } else if (/\s/.test(one)) {
      if (word !== null) words.push(word.join(''));
      word = null;
      if (one === '\n' || ';|&'.includes(one)) break;
    } else (word ??= []).push(one);
  }
  if (word !== null) words.push(word.join(''));
  return words;
}

function unescaped(character: string, quote: string): string {
  if (quote !== '$') return character;
  return { n: '\n', t: '\t', r: '\r' }[character] ?? character;
}
