import type { ReceivedResponse } from '../../browser/http-exchange.js';
import { HeaderList } from '../../browser/response/header-list.js';
import type { Observation } from './observation.js';
import type { Warning } from './warning.js';

const ANSWERS: Readonly<Record<Observation['from'], string>> = {
  page: 'to the page',
  stranger: 'to another origin',
  null: 'to the origin `null`',
  nobody: 'without `Origin` in the request',
};

/**
 * Warns where answers differ by origin and a cache is not told so. Null when there are not enough
 * answers to tell.
 *
 * @see https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches
 */
export function varyWarnings(observations: readonly Observation[]): readonly Warning[] | null {
  const asked = observations.filter(({ kind }) => kind === 'request');
  if (asked.length < 2) return null;
  const allowed = new Set(asked.map(({ response }) => allowedOrigin(response)));
  if (allowed.size === 1) return [];

  const silent = asked.filter(({ response }) => !variesByOrigin(response));
  if (silent.length === 0) return [];
  const where =
    silent.length === asked.length
      ? 'every answer'
      : `the answer ${silent.map(({ from }) => ANSWERS[from]).join(', ')}`;
  return [
    {
      id: 'VARY_ORIGIN_MISSING',
      level: 'warning',
      sentence:
        'Access-Control-Allow-Origin depends on who asks, but `Vary: Origin` is missing from ' +
        `${where}: a cache may give one page the copy of another, and the browser ` +
        'blocks it.',
    },
  ];
}

function allowedOrigin(response: ReceivedResponse): string | null {
  return new HeaderList(response.headers).get('access-control-allow-origin');
}

function variesByOrigin(response: ReceivedResponse): boolean {
  const headers = new HeaderList(response.headers);
  return headers.lists('vary', 'origin') || headers.lists('vary', '*');
}
