import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly code: string;
  /** Where its first line of code is in the page, counted from 1. */
  readonly line: number;
}

/** Everything between one heading and the next. */
export interface Section {
  readonly page: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** The root of the repository. */
export function repository(): string {
  const { testPath = '' } = expect.getState();
  return join(dirname(testPath), '..', '..');
}

/** The pages whose code is compiled and run. */
export function pages(root: string): string[] {
  const docs = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));
  return ['README.md', ...docs.map((file) => join('docs', file))];
}

/** The sections of a page that have blocks. */
export function readSections(root: string, page: string): Section[] {
  const lines = readFileSync(join(root, page), 'utf8').split('\n');
  const sections: { page: string; heading: string; blocks: Block[] }[] = [];
  let current = { page, heading: '', blocks: [] as Block[] };
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const [, heading] = /^#+ (.*)/.exec(line) ?? [];
    if (heading !== undefined) {
      current = { page, heading, blocks: [] };
      sections.push(current);
    }
    const [, language] = /^```(\w+)/.exec(line) ?? [];
    if (language === undefined) continue;
    const end = lines.indexOf('```', index + 1);
    const code = lines.slice(index + 1, end).join('\n');
    current.blocks.push({ language, code, line: index + 2 });
    index = end;
  }
  return sections.filter(({ blocks }) => blocks.length > 0);
}
