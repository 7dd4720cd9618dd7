import { deepStrictEqual } from 'node:assert';

/** What `node:http` adds to every response on its own. */
const OF_NODE = new Set(['date', 'connection', 'keep-alive']);

/**
 * What is timed must be right first: status, body, every header line and no other.
 *
 * @param {string} text as it stood on the wire
 * @param {import('../work/answers.mjs').Answer} expected
 */
export function checkAnswer(text, expected, name) {
  deepStrictEqual(parse(text), expected, `${name} sends another response than expected`);
}

function parse(text) {
  const [head, body] = text.split('\r\n\r\n');
  const [statusLine, ...lines] = head.split('\r\n');
  /** @type {Record<string, string | string[]>} */
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (OF_NODE.has(name)) continue;
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? [headers[name], value].flat() : value;
  }
  return { status: Number(statusLine.split(' ')[1]), headers, body };
}
