import { HeaderList } from '../../browser/http/header-list.js';
import { headerOf, httpUrl, readRequest, tokenOf } from './facts.js';
import { readHeaders } from './headers.js';
import type { Paste, PastedResponse } from './paste.js';

/** Options of curl with a value that says nothing about the request. */
const WITH_VALUE =
  /^(?:-o|-m|-w|-x|-c|-K|-E|-T|-y|-Y|-z|-C|-r|--output|--max-time|--connect-timeout|--write-out|--proxy|--cacert|--cert|--key|--resolve|--retry|--cookie-jar|--config)$/;
/** Options of one letter without a value, which people write in one word with others. */
const BUNDLED = /^-[sSLkivfgOJN]+(?=[A-Za-z])/;

/**
 * Reads a curl line, as typed or as `Copy as cURL` gives it for bash and for cmd, and what `-i` or `-v`
 * printed below it.
 */
export function readCurl(text: string): Paste | null {
  const start = /(?:^|[\n$>%#❯➜][ \t]{0,20})curl(?:\.exe)?\s/.exec(text);
  if (start === null) return null;
  const words = wordsOf(text.slice(start.index + start[0].length));
  let url: string | undefined;
  let method: string | undefined;
  let body = false;
  let isGet = false;
  const lines: (readonly [string, string])[] = [];
  const add = (line: string | undefined) => {
    const header = headerOf(line ?? '');
    if (header !== null) lines.push(header);
  };
  for (let index = 0; index < words.length; index += 1) {
    const { option, value, isJoined } = optionOf(words, index);
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
    else if (/^(?:-d|--data(?:-.*)?|--json|-F|--form)$/.test(option)) {
      body = true;
      if (option === '--json') lines.push(['Content-Type', 'application/json']);
    } else if (/^(?:-I[a-zA-Z]*|--head)$/.test(option)) {
      method ??= 'HEAD';
      continue;
    } else if (/^(?:-G|--get)$/.test(option)) {
      isGet = true;
      continue;
    } else if (!WITH_VALUE.test(option)) continue;
    if (!isJoined) index += 1;
  }
  if (url === undefined) return null;
  const wire = method ?? (body && !isGet ? 'POST' : 'GET');
  const responses = responsesBelow(text.slice(start.index), url, wire);
  return {
    form: 'curl',
    url,
    ...readRequest(wire, lines),
    ...(responses.length > 0 && { responses }),
  };
}

/** What `curl -i` printed: with `-L`, each response is to the `Location` of the one before it. */
function responsesBelow(text: string, first: string, method: string): readonly PastedResponse[] {
  if (!/^[< \t]{0,9}HTTP\/[\d.]+ \d{3}/m.test(text)) return [];
  let url = first;
  return (readHeaders(text)?.responses ?? []).map((response) => {
    const answered = { ...response, method, url };
    const location = new HeaderList(response.headers).get('location');
    if (location !== null && URL.canParse(location, url)) url = new URL(location, url).href;
    return answered;
  });
}

/** `-Xvalue`, `--name=value`, or a word and the next one; null for what is not an option. */
function optionOf(
  words: readonly string[],
  index: number,
): { option: string | null; value: string | undefined; isJoined: boolean } {
  const word = withoutBundle(words[index] ?? '');
  const joined = /^(-[XHbudeAF])(.+)$/s.exec(word) ?? /^(--[a-z-]+)=(.*)$/s.exec(word);
  if (joined !== null) return { option: joined[1] ?? '', value: joined[2], isJoined: true };
  return word.startsWith('-')
    ? { option: word, value: words[index + 1], isJoined: false }
    : { option: null, value: word, isJoined: false };
}

/** `-sSXPUT` is `-XPUT`: the others say nothing about the request. */
function withoutBundle(word: string): string {
  return word.replace(BUNDLED, '-');
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
