import type { AgreementCase, Place } from '../agreement-case.js';
import { answer } from './answers.js';
import {
  type Choices,
  CREDENTIALS,
  HEADER_LISTS,
  type HeaderPairs,
  type HeaderValue,
  METHOD_LISTS,
  ORIGINS,
  REQUEST_HEADERS,
  STATUSES,
} from './choices.js';
import { ACAC, ACAH, ACAM, ACAO } from './header-names.js';

/** Everything with everything, drawn by a generator with a fixed seed. */
export function* mixtures(count: number): Generator<AgreementCase> {
  const random = mulberry32(20_260_101);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const one = <T>(choices: Choices<T>): readonly [string, T] => pick(Object.entries(choices));
  const mostly = (value: HeaderValue, choices: Choices<HeaderValue>): HeaderValue =>
    random() < 0.6 ? value : one(choices)[1];
  for (let index = 0; index < count; index += 1) {
    const preflight = () =>
      answer(random() < 0.8 ? 204 : pick(STATUSES), {
        [ACAO]: mostly('{page}', ORIGINS),
        [ACAC]: mostly('true', CREDENTIALS),
        [ACAM]: mostly('PUT, DELETE', METHOD_LISTS),
        [ACAH]: mostly('x-a, x-b, content-type', HEADER_LISTS),
      });
    const response = (location: string | null) =>
      answer(location === null ? pick(STATUSES) : pick([301, 302, 303, 307, 308]), {
        [ACAO]: mostly('{page}', ORIGINS),
        [ACAC]: mostly('true', CREDENTIALS),
        Location: location,
      });
    const length = pick([1, 1, 2, 3]);
    const [, headers] = one<HeaderPairs>({ none: [], ...REQUEST_HEADERS });
    const fetch: AgreementCase['fetch'] = {
      method: pick(['GET', 'POST', 'PUT', 'DELETE']),
      credentials: pick(['omit', 'same-origin', 'include']),
      headers,
    };
    yield {
      title: `mixture ${index}`,
      fetch,
      hops: Array.from({ length }, (_, position) => ({
        at: pick<Place>(['api', 'api', 'page', 'other']),
        preflight: preflight(),
        answer: response(position === length - 1 ? null : '{next}'),
      })),
    };
  }
}

/** A small generator of numbers that look random. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
