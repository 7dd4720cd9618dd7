import type { Token } from 'path-to-regexp';

/**
 * The whole leading segments that every path matched by these tokens begins with: `/api/users` of
 * `/api/users/:id`, of `/api/users{/:id}` and of `/api/users/*rest`; empty where they share none.
 */
export function orderedPathPrefix(tokens: readonly Token[]): string {
  let text = '';
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'text') {
      text += token.value;
    } else {
      const isWhole = startsSegment(tokens.slice(index));
      const prefix = isWhole ? text : text.slice(0, Math.max(text.lastIndexOf('/'), 0));
      return prefix.startsWith('/') ? prefix : '';
    }
  }
  return text;
}

/** Whether whatever these tokens match is nothing, or begins with a slash. */
function startsSegment(tokens: readonly Token[]): boolean {
  for (const token of tokens) {
    if (token.type === 'text') return token.value.startsWith('/');
    if (token.type !== 'group') return false;
    const [first] = token.tokens;
    if (first?.type !== 'text' || !first.value.startsWith('/')) return false;
  }
  return true;
}
