import {
  type HeaderLines,
  type ReceivedResponse,
  type Send,
  type SentRequest,
  simulate,
  type SimulateOptions,
} from '../../../lib/browser/index.js';

/** A response; an array stands for several lines of one header. */
export function response(
  status: number,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): ReceivedResponse {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((line) => [name, line] as const),
  );
  return { status, headers: lines };
}

/** Answers one request after the other; a network error when there is no response left. */
export function network(...answers: readonly (ReceivedResponse | Error)[]) {
  const sent: SentRequest[] = [];
  const send: Send = (request) => {
    const answer = answers[sent.push(request) - 1] ?? new Error('no answer left');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { send, sent };
}

/** `simulate()` for a page at `https://app.example.com`. */
export function visit(options: Partial<SimulateOptions> & Pick<SimulateOptions, 'send'>) {
  return simulate({
    pageOrigin: 'https://app.example.com',
    url: 'https://api.example.com/x',
    ...options,
  });
}

/** The value of a header that was sent; null when there is none. */
export function sentHeader(headers: HeaderLines | undefined, name: string): string | null {
  return headers?.find(([other]) => other.toLowerCase() === name)?.[1] ?? null;
}
