import { HeaderList } from '../../browser/response/header-list.js';
import type { Observation } from './observation.js';
import type { Warning } from './warning.js';

/** Warns where a server forgets CORS as soon as something goes wrong. */
export function errorWarnings(observations: readonly Observation[]): readonly Warning[] {
  const shared = observations.some((one) => one.kind === 'request' && isShared(one));
  const error = observations.find(
    ({ kind, response }) => kind === 'missing' && response.status >= 400,
  );
  if (!shared || error === undefined || isShared(error)) return [];
  return [
    {
      id: 'ERROR_WITHOUT_CORS',
      level: 'warning',
      sentence:
        `The answer for a path that does not exist (status ${error.response.status}) has no ` +
        'Access-Control-Allow-Origin: pages see a CORS error where they should see the status. ' +
        'Let CORS come before routing and error handling.',
    },
  ];
}

function isShared({ from, response }: Observation): boolean {
  return (
    from === 'page' && new HeaderList(response.headers).get('access-control-allow-origin') !== null
  );
}
