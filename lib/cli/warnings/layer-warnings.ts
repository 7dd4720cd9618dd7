import { HeaderList } from '../../browser/response/header-list.js';
import { printable } from '../../text/escape.js';
import type { Observation } from './observation.js';
import type { Warning } from './warning.js';

/** Headers of one value; of the others, several lines make one list. */
const SINGLE = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Max-Age',
] as const;

/** Warns of headers that are sent twice: two layers both think that CORS is theirs. */
export function layerWarnings(observations: readonly Observation[]): readonly Warning[] {
  return SINGLE.flatMap((name): readonly Warning[] => {
    const lines = observations
      .map(({ response }) => new HeaderList(response.headers).values(name))
      .find((values) => values.length > 1);
    if (lines === undefined) return [];
    const values = lines.map((value) => `\`${printable(value)}\``).join(', ');
    return [
      {
        id: 'DUPLICATE_HEADER',
        level: 'warning',
        sentence:
          `${name} is sent in ${lines.length} lines (${values}): two layers, such as a proxy and ` +
          'the application, both add CORS headers. Let one of them do it.',
      },
    ];
  });
}
