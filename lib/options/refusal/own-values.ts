import { isPlainRegExp } from '../read/snapshot.js';
import { printValue } from './print-value.js';

/** Longer lists and members are not printed: a remedy has to fit on a screen. */
const MAX_MEMBERS = 50;
const MAX_MEMBER_LENGTH = 120;

/**
 * Members as source code, for remedies made of a user's own values; in brackets unless they stand in a
 * list already.
 *
 * @returns `undefined` for more than anybody reads
 */
export function printMembers(
  members: readonly unknown[],
  { bare = false }: { readonly bare?: boolean } = {},
): string | undefined {
  if (members.length === 0 || members.length > MAX_MEMBERS || members.some(isLong))
    return undefined;
  const printed = members.map(printValue).join(', ');
  return bare ? printed : `[${printed}]`;
}

/** A value as source code, for a remedy; `undefined` for a longer one than anybody reads. */
export function printCode(value: unknown): string | undefined {
  return printMembers([value], { bare: true });
}

function isLong(member: unknown): boolean {
  const isText = typeof member === 'string' || isPlainRegExp(member);
  return isText && String(member).length > MAX_MEMBER_LENGTH;
}

/** So many names show what there is. */
const MOST_NAMES = 50;

/** Names as source code: all of them, or as many as anybody reads. */
export function printNames(names: readonly string[]): string {
  const printed = names.slice(0, MOST_NAMES).map((name) => `\`${name}\``);
  const left = names.length - printed.length;
  return printed.join(', ') + (left === 0 ? '' : `, … and ${left} more`);
}

/** Shorter values, such as `true`, are those of many variables. */
const MIN_LENGTH = 8;

/** The environment variables, by their values: read once for a whole list. */
export class Variables {
  private names: Map<string, string[]> | undefined;

  /**
   * The variable that a value comes from, as source code, where one alone has it. An empty value says
   * little, so there the name has to say what it is for.
   */
  nameOf(value: string): string | undefined {
    if (value !== '' && value.length < MIN_LENGTH) return undefined;
    this.names ??= namesByValue();
    const names = this.names.get(value) ?? [];
    const [name, ...others] = value === '' ? names.filter(isOfOrigins) : names;
    return others.length === 0 && name !== undefined && /^[A-Za-z_]\w*$/.test(name)
      ? `process.env.${name}`
      : undefined;
  }
}

function namesByValue(): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const [name, value = ''] of Object.entries(process.env)) {
    names.set(value, [...(names.get(value) ?? []), name]);
  }
  return names;
}

function isOfOrigins(name: string): boolean {
  return /cors|origin/i.test(name);
}

/** What a list in one string stands for: commas, semicolons and white space separate. */
export function splitList(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((piece) => piece !== '');
}

/** How to make a list of a string that a variable holds; empty where none is known. */
export function splitAdvice(text: string, variables = new Variables()): string {
  const variable = variables.nameOf(text);
  return variable === undefined ? '' : ` From the variable: \`${variable}?.split(/[\\s,]+/)\`.`;
}

export const IS_IT_SET = 'Is the environment variable it comes from set?';
