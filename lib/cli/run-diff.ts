import type { PolicyChange, PolicyDiff } from '../review/diff.js';
import { printable, printableJson } from '../text/escape.js';
import { policyFileAt, uriOf } from './policy-files.js';
import { painted, type Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** The options of `diff` as `commander` gives them. */
export interface DiffOptions {
  readonly json?: boolean;
  readonly sarif?: boolean;
}

const EXIT_CODES = { same: 0, narrower: 0, wider: 1, unknown: 3 } as const;

/** The command `diff`, with its exit code: 0 same or narrower, 1 wider, 3 cannot tell. */
export async function runDiff(
  before: string,
  after: string,
  { json = false, sarif = false }: DiffOptions,
  terminal: Terminal,
  version: string,
): Promise<number> {
  if (before === '-' && after === '-') {
    throw new UsageError('Expected one of the two files on standard input, got both as `-`.');
  }
  const [old, now] = [await policyFileAt(before, terminal), await policyFileAt(after, terminal)];
  const { diffPolicies } = await import('../review/diff.js');
  const diff = await diffPolicies(old, now);
  if (sarif) {
    const { sarifLog } = await import('../review/sarif.js');
    const log = sarifLog(
      uriOf(after === '-' ? before : after),
      version,
      RULES,
      diff.changes.flatMap(resultOf),
    );
    terminal.out(`${printableJson(log)}\n`);
  } else if (json) {
    terminal.out(`${printableJson({ version: 1, exitCode: EXIT_CODES[diff.verdict], ...diff })}\n`);
  } else {
    terminal.out(diffText(diff, terminal));
  }
  return EXIT_CODES[diff.verdict];
}

const RULES = [
  { id: 'cors-wider', description: 'A page may read or send what it could not before.' },
  { id: 'cors-unknown', description: 'Code decides, so it cannot be told what a page may do.' },
  { id: 'cors-narrower', description: 'A page may no longer read or send what it could.' },
];
const LEVELS = { wider: 'error', unknown: 'warning', narrower: 'note' } as const;

function resultOf({ kind, sentence, declaredAt }: PolicyChange) {
  if (kind === 'note') return [];
  return [{ ruleId: `cors-${kind}`, level: LEVELS[kind], message: sentence, declaredAt }];
}

const SUMMARIES = {
  same: 'No page can do more or less than before.',
  narrower: 'No page can do more than before.',
  unknown: 'Whether some page can do more than before is unknown.',
  wider: 'Some pages can do more than before.',
} as const;

const MARKS = { wider: '+', narrower: '-', unknown: '?', note: ' ' } as const;
const COLOURS = { wider: 31, narrower: 32, unknown: 33, note: 2 } as const;

/** The changes in sentences, one a line. */
export function diffText(
  { verdict, changes }: PolicyDiff,
  terminal: Pick<Terminal, 'colour'>,
): string {
  const lines = changes.map(({ kind, sentence }) => {
    const line = `${MARKS[kind]} ${printable(sentence)}`;
    return painted(line, COLOURS[kind], terminal);
  });
  return `${[...lines, SUMMARIES[verdict]].join('\n')}\n`;
}
