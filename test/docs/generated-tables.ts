import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Example, MESSAGES } from '../unit/options/refusal/messages.js';
import { markdownTable } from './markdown-table.js';

/** An option, as its doc comment describes it. */
export interface DocumentedOption {
  /** The interface that declares it. */
  readonly of: string;
  readonly file: string;
  readonly name: string;
  readonly required: boolean;
  readonly paragraphs: readonly string[];
  readonly tags: readonly (readonly [tag: string, text: string])[];
}

/** A reason for which a configuration is refused. */
export interface DocumentedReason {
  readonly reason: string;
  /** The type that declares it. */
  readonly of: string;
  readonly meaning: string;
}

export interface DocComments {
  readonly options: readonly DocumentedOption[];
  readonly reasons: readonly DocumentedReason[];
}

export function readDocComments(root: string): DocComments {
  const script = join(root, 'test/docs/read-doc-comments.mjs');
  return JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }));
}

/**
 * Option, what it says first, its header, its default; each linked to its doc comment.
 *
 * @param up the way from the page to the root of the repository
 */
export function policyOptionsTable({ options }: DocComments, up: string): string {
  return markdownTable(
    ['Option', 'What it does', 'Header', 'Default'],
    options
      .filter(({ of }) => of === 'CorsPolicyOptions')
      .map((option) => [
        linkTo(option, up),
        firstSentence(option),
        headersOf(option),
        option.required ? 'required' : defaultOf(option),
      ]),
  );
}

/** The same of the options that hold for the application. */
export function applicationOptionsTable({ options }: DocComments, up: string): string {
  return markdownTable(
    ['Option', 'What it does', 'Default'],
    options
      .filter(({ of }) => of === 'CorsOptions')
      .map((option) => [linkTo(option, up), firstSentence(option), defaultOf(option)]),
  );
}

function linkTo({ name, file }: DocumentedOption, up: string): string {
  return `[\`${name}\`](${up}${file})`;
}

/** A heading for each reason, which errors link to: what it refuses, and an example of its message. */
export function reasonSections(
  { reasons }: DocComments,
  isWanted: (type: string) => boolean,
): string {
  const examples: Readonly<Record<string, Example>> = MESSAGES;
  return reasons
    .filter(({ of }) => isWanted(of))
    .map(({ reason, meaning }) => {
      const example = examples[reason];
      const parts = [`### \`${reason}\``, meaning];
      return [...parts, ...(example ? [`> ${example.message}`] : [])].join('\n\n');
    })
    .join('\n\n');
}

/** Up to a stop or a colon that is not part of code. */
function firstSentence({ paragraphs }: DocumentedOption): string {
  return /^(?:`[^`]*`|[^`])*?(?=[.:](?: |$))/.exec(paragraphs[0] ?? '')?.[0] ?? '';
}

function headersOf({ paragraphs }: DocumentedOption): string {
  const sets = paragraphs.find((paragraph) => paragraph.startsWith('Sets ')) ?? '';
  const headers = Array.from(
    sets.matchAll(/`([A-Z][a-z]+(?:-[A-Z][a-z]+)*)[:`]/g),
    ([, name]) => name,
  );
  return [...new Set(headers)].map((name) => `\`${name}\``).join(', ');
}

function defaultOf({ tags }: DocumentedOption): string {
  const [, text = ''] = tags.find(([tag]) => tag === 'default') ?? [];
  const value = text.replace(/\s*\n\s*/g, ' ');
  return /^(?:['[{]|\d+$|true$|false$)/.test(value) ? `\`${value}\`` : value;
}
