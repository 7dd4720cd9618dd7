import type { AnnouncedNames, EdgeAnswer } from './tables.js';

/** A header of an answer, whatever the server calls it. */
export interface AnswerHeader {
  readonly name: string;
  /** As part of a variable: `allow_origin`. */
  readonly variable: string;
  /** Whether that of the upstream is taken off where the policy has none. */
  readonly isTakenOff: boolean;
  readonly valueIn: (answer: EdgeAnswer) => HeaderValue | undefined;
}

/** What a header says: a text, what is taken from the request, or both. */
export interface HeaderValue {
  readonly text: string;
  /** What of the request comes after the text. */
  readonly asked?: 'origin' | 'method' | 'headers';
}

/** All but `Vary`, in the order in which they are written. */
export const ANSWER_HEADERS: readonly AnswerHeader[] = [
  {
    name: 'Access-Control-Allow-Origin',
    variable: 'allow_origin',
    isTakenOff: true,
    valueIn: ({ allowOrigin }) => originOf(allowOrigin),
  },
  {
    name: 'Access-Control-Allow-Credentials',
    variable: 'allow_credentials',
    isTakenOff: true,
    valueIn: ({ credentials }) => (credentials ? { text: 'true' } : undefined),
  },
  {
    name: 'Access-Control-Expose-Headers',
    variable: 'expose_headers',
    isTakenOff: true,
    valueIn: ({ exposeHeaders: text }) => (text === undefined ? undefined : { text }),
  },
  {
    name: 'Timing-Allow-Origin',
    variable: 'timing_allow_origin',
    isTakenOff: false,
    valueIn: ({ timingAllowOrigin }) => originOf(timingAllowOrigin),
  },
  {
    name: 'Access-Control-Allow-Methods',
    variable: 'allow_methods',
    isTakenOff: false,
    valueIn: ({ allowMethods }) => namesOf(allowMethods, 'method'),
  },
  {
    name: 'Access-Control-Allow-Headers',
    variable: 'allow_headers',
    isTakenOff: false,
    valueIn: ({ allowHeaders }) => namesOf(allowHeaders, 'headers'),
  },
  {
    name: 'Access-Control-Max-Age',
    variable: 'max_age',
    isTakenOff: false,
    valueIn: ({ maxAge }) => (maxAge === undefined ? undefined : { text: String(maxAge) }),
  },
];

function originOf(value: '*' | 'origin' | undefined): HeaderValue | undefined {
  if (value === undefined) return undefined;
  return value === '*' ? { text: '*' } : { text: '', asked: 'origin' };
}

function namesOf(
  { names, requested }: AnnouncedNames,
  asked: 'method' | 'headers',
): HeaderValue | undefined {
  if (names.length === 0 && !requested) return undefined;
  return { text: names.join(', '), ...(requested && { asked }) };
}
