import { printable, shortened } from '../text/escape.js';
import type { EdgePlan } from './plan/plan-edge.js';

/** The names of what `edge` writes for. */
export const EDGE_TARGET_NAMES = [
  'nginx',
  'haproxy',
  'caddy',
  'apache',
  'worker',
  'gateway-api',
  'envoy',
] as const;

export type EdgeTargetName = (typeof EDGE_TARGET_NAMES)[number];

/**
 * What the edge does:
 *
 * - `fill`: adds headers to responses that it makes itself, such as a 502; the application answers
 *   whatever reaches it.
 * - `answer`: answers preflights, and writes the CORS headers of all responses.
 */
export type EdgeMode = (typeof EDGE_MODES)[number];

/** Their names. */
export const EDGE_MODES = ['fill', 'answer'] as const;

/** A server that a policy is written for, as its configuration. */
export interface EdgeTarget {
  /** As its makers write it. */
  readonly title: string;
  readonly modes: readonly EdgeMode[];
  /** Whether its regular expressions look ahead and behind; otherwise what needs that is delegated. */
  readonly looksAround: boolean;
  /** How long its regular expressions may be; undefined: as long as they like. Longer ones are delegated. */
  readonly longestExpression?: number;
  /**
   * The files, in the order in which they are printed: the first begins with {@link headOf} as its
   * comment. Deterministic, and without any path of the machine.
   *
   * @throws EdgeError where what the target cannot say would allow more than the policy
   */
  files(plan: EdgePlan, mode: EdgeMode): readonly EdgeFile[];
}

/** A file of a configuration. */
export interface EdgeFile {
  /** Below the folder that is written: `cors-http.conf`, `example/nginx.conf`. */
  readonly path: string;
  readonly text: string;
}

/**
 * What a server would cut, or not read at all.
 *
 * @throws EdgeError
 */
export function checkLengths(title: string, texts: Iterable<string>, most: number): void {
  for (const text of texts) {
    if (text.length <= most) continue;
    const shown = printable(shortened(text, 60));
    throw new EdgeError(
      `Expected texts of up to ${most} characters, which is what ${title} reads as one, got \`${shown}\`. Write fewer names in a list, shorter paths, or leave CORS to the application.`,
    );
  }
}

/** A configuration cannot be written; the message says why, and what to do. */
export class EdgeError extends Error {
  override readonly name = 'EdgeError';
}

/** In the first line of each file. */
export const WRITTEN_BY = 'written by `npx nestjs-cors edge';

/** Where a line of a comment ends, at most, as far as words let it. */
const WIDTH = 96;

/**
 * What a configuration begins with, as comments: what it was written from, and what of it is left to the
 * application. The digest, the number of routes and the first of what is delegated are in the first lines.
 *
 * @param uses in one line: how the file is used
 * @param sign what begins a comment
 */
export function headOf(
  { digest, routes, delegated, host, tables: { basePath } }: EdgePlan,
  target: string,
  mode: EdgeMode,
  uses: readonly string[],
  sign = '#',
): readonly string[] {
  const below = basePath === '' ? '' : ` --base-path ${basePath}`;
  const at = host === undefined ? '' : ` --host ${host}`;
  return [
    `CORS for ${target}, ${WRITTEN_BY} ${target} --mode ${mode}${below}${at}\`: do not edit it.`,
    `Policy: sha256 ${digest}`,
    `Routes: ${routes}. Left to the application: ${delegated.length === 0 ? 'nothing.' : delegated.length}`,
    ...delegated.flatMap(({ place, reason }) => wrapped(`- ${place}: ${reason}`)),
    ...uses.flatMap((line) => wrapped(line)),
  ].map((line) => `${sign} ${line}`);
}

/** The same, before the text of a file. */
export function headed(
  plan: EdgePlan,
  target: EdgeTargetName,
  mode: EdgeMode,
  use: string,
  text: string,
  sign?: string,
): string {
  return [...headOf(plan, target, mode, [use], sign), '', text].join('\n');
}

/** In lines, the later ones indented. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= WIDTH) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
