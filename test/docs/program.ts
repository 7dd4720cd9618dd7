import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Section } from './page.js';

/** The `ts` blocks of one section, which may import one another. */
export interface Program {
  readonly section: Section;
  /** By name below the section's folder: where the file stands, and its code. */
  readonly files: ReadonlyMap<
    string,
    { readonly path: string; readonly line: number; code: string }
  >;
}

/** The program of a section: a block's first line may name its file, `// app.module.ts`. */
export function programOf(section: Section): Program {
  const folder = `${section.page}/${section.heading}`.toLowerCase().replace(/[^a-z0-9/]+/g, '-');
  const files = section.blocks
    .filter(({ language }) => language === 'ts')
    .map(({ code, line }, index): [string, { path: string; line: number; code: string }] => {
      const [, name = `block-${index + 1}.ts`] = /^\/\/ (\S+\.ts)/.exec(code) ?? [];
      return [name, { path: `${folder}/${name}`, line, code }];
    });
  return { section, files: new Map(files) };
}

/** What the compiler says of all programs. */
export interface Compiled {
  /** As `README.md:12: message`. */
  readonly errors: readonly string[];
  /** JavaScript by path. */
  readonly outputs: Readonly<Record<string, string>>;
}

export function compile(root: string, programs: readonly Program[]): Compiled {
  const input: Record<string, string> = {};
  const places = new Map<string, { page: string; line: number }>();
  for (const { section, files } of programs) {
    for (const { path, line, code } of files.values()) {
      if (path in input) throw new Error(`Two blocks are ${path}: name their files, or a heading.`);
      input[path] = code;
      places.set(path, { page: section.page, line });
    }
  }
  const printed = execFileSync(process.execPath, [join(root, 'test/docs/compile-blocks.mjs')], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  const { errors, outputs }: { errors: CompilerError[]; outputs: Record<string, string> } =
    JSON.parse(printed);
  return {
    errors: errors.map(({ file, line, message }) => {
      const place = places.get(file);
      return place ? `${place.page}:${place.line + line}: ${message}` : `${file}: ${message}`;
    }),
    outputs,
  };
}

interface CompilerError {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}
