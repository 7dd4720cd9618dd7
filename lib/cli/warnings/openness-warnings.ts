import type { ReceivedResponse } from '../../browser/http-exchange.js';
import { HeaderList } from '../../browser/response/header-list.js';
import type { Observation } from './observation.js';
import { STRANGER_ORIGIN } from './stranger-origin.js';
import type { Warning } from './warning.js';

/** Warns of servers that let everybody in. */
export function opennessWarnings(observations: readonly Observation[]): readonly Warning[] {
  const responses = (from: Observation['from']) =>
    observations.filter((one) => one.from === from).map(({ response }) => response);
  const warnings = reflection(responses('stranger').filter((one) => allows(one, STRANGER_ORIGIN)));
  // Who reflects every origin reflects `null` as well.
  if (warnings.length === 0) {
    warnings.push(...nullOrigin(responses('null').filter((one) => allows(one, 'null'))));
  }
  if (observations.some(({ response }) => allows(response, '*') && allowsCredentials(response))) {
    warnings.push({
      id: 'WILDCARD_WITH_CREDENTIALS',
      level: 'warning',
      sentence:
        '`*` is sent together with Access-Control-Allow-Credentials: browsers block every ' +
        'credentialed request. Name the origins in `origin`, or leave credentials out.',
    });
  }
  return warnings;
}

function reflection(reflecting: readonly ReceivedResponse[]): Warning[] {
  if (reflecting.length === 0) return [];
  return [
    reflecting.some(allowsCredentials)
      ? {
          id: 'ORIGIN_REFLECTED',
          level: 'warning',
          sentence:
            'Every origin is allowed, with credentials: a made-up one came back in ' +
            'Access-Control-Allow-Origin. Any site can read what is private to its visitor: list ' +
            'the origins in `origin`.',
        }
      : {
          id: 'ORIGIN_REFLECTED',
          level: 'note',
          sentence:
            'Every origin is allowed: a made-up one came back in Access-Control-Allow-Origin. ' +
            "If that is meant, say it with `origin: '*'`; else list the origins.",
        },
  ];
}

function nullOrigin(allowing: readonly ReceivedResponse[]): readonly Warning[] {
  if (allowing.length === 0) return [];
  return [
    {
      id: 'NULL_ORIGIN_ALLOWED',
      level: 'warning',
      sentence:
        'The origin `null` is allowed: any page can have it by way of a sandboxed frame' +
        `${allowing.some(allowsCredentials) ? ', and read what is private to its visitor' : ''}.`,
    },
  ];
}

function allows(response: ReceivedResponse, origin: string): boolean {
  return new HeaderList(response.headers).get('access-control-allow-origin') === origin;
}

function allowsCredentials(response: ReceivedResponse): boolean {
  return new HeaderList(response.headers).get('access-control-allow-credentials') === 'true';
}
