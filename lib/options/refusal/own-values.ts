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
  const isLong = members.some(
    (member) => typeof member === 'string' && member.length > MAX_MEMBER_LENGTH,
  );
  if (members.length === 0 || members.length > MAX_MEMBERS || isLong) return undefined;
  const printed = members.map(printValue).join(', ');
  return bare ? printed : `[${printed}]`;
}

/** Shorter values, such as `true`, are those of many variables. */
const MIN_LENGTH = 8;

/**
 * The environment variable that a value comes from, as source code, where one alone has it. An empty
 * value says little, so there the name has to say what it is for.
 */
export function variableOf(value: string): string | undefined {
  if (value !== '' && value.length < MIN_LENGTH) return undefined;
  const names = Object.keys(process.env).filter(
    (name) => process.env[name] === value && (value !== '' || /cors|origin/i.test(name)),
  );
  const [name] = names;
  return names.length === 1 && /^[A-Za-z_]\w*$/.test(name ?? '')
    ? `process.env.${name}`
    : undefined;
}

/** What a list in one string stands for: commas, semicolons and white space separate. */
export function splitList(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((piece) => piece !== '');
}

/** How to make a list of a string that a variable holds; empty where none is known. */
export function splitAdvice(text: string): string {
  const variable = variableOf(text);
  return variable === undefined ? '' : ` From the variable: \`${variable}?.split(/[\\s,]+/)\`.`;
}

export const IS_IT_SET = 'Is the environment variable it comes from set?';
