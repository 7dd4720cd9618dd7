import type ts from 'typescript';
import { Edits } from './edits.js';
import type { LiteralCheck } from './literal-check.js';
import type { Project } from './project.js';

/** Whether a policy allows credentials, as far as that is written. */
export type Credentials = 'always' | 'never' | 'maybe';

/** A layer cannot be carried over: it stays, with a TODO. */
export class NotCarriedOver extends Error {
  constructor(
    readonly node: ts.Node,
    readonly why: string,
    /** Whether the file stays as it is, without a comment either. */
    readonly isUnknown = false,
  ) {
    super(why);
  }
}

/** What became of the options of a layer. */
export interface Rewriting {
  /** The expression that stands for them; none for a layer without options. */
  readonly node: ts.Expression | undefined;
  /** What a person has to decide, and the old text of it. */
  readonly todos: readonly string[];
  readonly before: readonly string[];
  /** What the report says besides, and what a comment at the new call says. */
  readonly notes: readonly string[];
  readonly remarks: readonly string[];
}

/** What a person has to decide begins with this. */
export const TODO = 'TODO(nestjs-cors)';

/** What `'TODO'` stands for is refused at boot, so that nobody forgets it. */
export const REFUSED_VALUE = "'TODO'";

/** The options of one layer while they are rewritten where they stand. */
export class Draft {
  readonly edits = new Edits();
  readonly dropped = new Set<ts.Node>();
  readonly kept: ts.Node[] = [];
  readonly todos: string[] = [];
  readonly notes: string[] = [];
  /** What a comment at the new call says. */
  readonly remarks: string[] = [];
  /** Constants whose values are written in their places. */
  readonly inlined: ts.VariableDeclaration[] = [];
  /** Files of constants that have the type of this module's options now. */
  readonly retyped = new Set<ts.SourceFile>();
  /** The old text of what a person has to decide. */
  readonly before: string[] = [];

  constructor(
    readonly project: Project,
    readonly check: LiteralCheck,
  ) {}

  /** What was said of one layer; the next one begins with nothing. */
  takeTexts(): Omit<Rewriting, 'node'> {
    const taken = (texts: string[]) => [...new Set(texts.splice(0))];
    return {
      todos: taken(this.todos),
      before: taken(this.before),
      notes: taken(this.notes),
      remarks: taken(this.remarks),
    };
  }

  /** What stands for every origin: `'*'`, or with credentials what a person has to decide. */
  anyOrigin(credentials: Credentials, written: string): string {
    if (credentials === 'never') return "'*'";
    const cookies = credentials === 'always' ? 'with credentials' : 'perhaps with credentials';
    this.todos.push(
      `${written} allowed every page, ${cookies}; list the origins of your pages, or write '*' without \`credentials\``,
    );
    return REFUSED_VALUE;
  }

  /** Only what nothing else uses may change in another file. */
  ownedElsewhere(name: ts.Identifier, declaration: ts.Declaration): void {
    const file = declaration.getSourceFile();
    const others = this.project.usesOf(declaration).filter((use) => use !== name);
    const [other] = others;
    const isChanged = this.edits.files.includes(file) && file !== name.getSourceFile();
    if (other === undefined || !isChanged) return;
    const { file: at, line } = this.project.placeOf(other);
    throw new NotCarriedOver(
      name,
      `\`${name.text}\` would have to change, and is used at ${at}:${line} as well`,
    );
  }

  /** What a person has to decide is a value that the boot refuses, with the old text beside it. */
  refuseOrigin(whole: ts.Node, old: ts.Node = whole): void {
    this.before.push(`origin: ${old.getText()}`);
    const { ts } = this.project;
    const isProperty = ts.isObjectLiteralElementLike(whole);
    this.edits.replaceNode(whole, isProperty ? `origin: ${REFUSED_VALUE}` : REFUSED_VALUE);
  }

  /** Takes a property out, with its comma and the line that is then empty. */
  remove(property: ts.ObjectLiteralElementLike): void {
    this.dropped.add(property);
    const file = property.getSourceFile();
    const { text } = file;
    let start = property.getStart();
    const before = /\n[ \t]*$/.exec(text.slice(0, start));
    let end = property.end;
    const comma = /^\s*,/.exec(text.slice(end));
    end += comma?.[0].length ?? 0;
    const line = /^[ \t]*(?:\/\/[^\n]*)?(?=\r?\n)/.exec(text.slice(end));
    if (before !== null && line !== null) {
      start -= before[0].length;
      if (text[start - 1] === '\r') start -= 1;
      end += line[0].length;
    } else if (comma !== null) end += /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
    this.edits.replace(file, start, end, '');
  }
}

export function short(node: ts.Node): string {
  const text = node.getText().replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

export function indentOf(node: ts.Node): string {
  const { text } = node.getSourceFile();
  const start = node.getStart();
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** A refusal by an error kept the handler from running; `rejectDisallowed` does as well. */
export function rejection(property: ts.Node): string {
  const isLined = /\n[ \t]*$/.test(property.getSourceFile().text.slice(0, property.getStart()));
  const why =
    'As before, requests of other origins reach no handler; now they get 403 instead of 500.';
  return isLined
    ? `,\n${indentOf(property)}// ${why}\n${indentOf(property)}rejectDisallowed: true`
    : `, rejectDisallowed: true /* ${why} */`;
}
