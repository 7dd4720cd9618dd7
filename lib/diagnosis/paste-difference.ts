import { HeaderList } from '../browser/http/header-list.js';
import type { ReceivedResponse, SentRequest, Simulation } from '../browser/index.js';
import { printable } from '../text/escape.js';
import type { PastedResponse } from './paste/paste.js';
import type { Warning } from './warnings.js';

/**
 * The response to a request, if it was pasted. A block that does not say what it responds to counts
 * for both where it has the lists of a preflight: many servers send them with every response.
 */
export function responseTo(
  { method, url, headers }: SentRequest,
  responses: readonly PastedResponse[],
): PastedResponse | null {
  const isPreflight = new HeaderList(headers).get('access-control-request-method') !== null;
  const { href } = new URL(url);
  const here = responses.filter((one) => one.url === undefined || new URL(one.url).href === href);
  const named = here.find((one) => one.method?.toUpperCase() === method.toUpperCase());
  const unnamed = here.filter((one) => one.method === undefined);
  const fitting = isPreflight
    ? unnamed.find((one) => isPreflightOnly(one) || hasLists(one))
    : (unnamed.find((one) => !isPreflightOnly(one)) ?? unnamed[0]);
  return named ?? fitting ?? null;
}

function isPreflightOnly({ status, headers }: PastedResponse): boolean {
  return status === 204 || new HeaderList(headers).get('access-control-max-age') !== null;
}

function hasLists({ headers }: PastedResponse): boolean {
  const list = new HeaderList(headers);
  return ['access-control-allow-methods', 'access-control-allow-headers'].some(
    (name) => list.get(name) !== null,
  );
}

/** The headers by which a pasted response and that of today are compared. */
const COMPARED = /^(?:access-control-(?!expose-).*|vary|location)$/;

/** Says what differs between the pasted responses and those of the server; null where nothing does. */
export function differenceOf(
  responses: readonly PastedResponse[],
  { steps }: Simulation,
): Warning | null {
  const differences = steps.flatMap(({ request, response }) => {
    const pasted = responseTo(request, responses);
    if (pasted === null || response === null) return [];
    const words = differentWords(pasted, response);
    return words.length === 0 ? [] : [`to ${request.method}: ${words.join('; ')}`];
  });
  if (differences.length === 0) return null;
  return {
    id: 'PASTE_DIFFERS',
    level: 'warning',
    sentence: `The server does not answer as in the paste. In the response ${differences.join('. In the response ')}.`,
  };
}

function differentWords(pasted: ReceivedResponse, live: ReceivedResponse): readonly string[] {
  const [then, now] = [new HeaderList(pasted.headers), new HeaderList(live.headers)];
  const names = new Set([...then.names(), ...now.names()].filter((name) => COMPARED.test(name)));
  const status =
    pasted.status === live.status ? [] : [`the status is ${live.status}, it was ${pasted.status}`];
  return [
    ...status,
    ...[...names].toSorted().flatMap((name) => {
      const [before, after] = [then.get(name), now.get(name)];
      if (before === after) return [];
      if (before === null) return [`${name} is \`${printable(after ?? '')}\`, it was missing`];
      if (after === null) return [`${name} is missing, it was \`${printable(before)}\``];
      return [`${name} is \`${printable(after)}\`, it was \`${printable(before)}\``];
    }),
  ];
}
