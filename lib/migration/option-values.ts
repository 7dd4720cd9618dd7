import type ts from 'typescript';
import type { LiteralCheck } from './literal-check.js';
import type { Project } from './project.js';
import type { Credentials } from './rewriting.js';
import { bare, called } from './syntax.js';

/** What becomes of the value of an option. */
export interface FoundValue {
  /** The new text; empty: the option goes; undefined: it stays as it is. */
  readonly text?: string;
  readonly note?: string;
  readonly todo?: string;
}

/** One string of several names becomes a list, and names that are refused go. */
export function findList(
  project: Project,
  check: LiteralCheck,
  option: string,
  value: ts.Expression | undefined,
  mayHaveCredentials: boolean,
): FoundValue {
  const { ts } = project;
  if (value === undefined) return { todo: mustBeList(option) };
  const written = namesOf(project, value);
  if (written === undefined) {
    const inner = bare(ts, value);
    const isList = ts.isArrayLiteralExpression(inner) || isSplit(project, inner);
    return isList ? {} : { todo: mustBeList(option) };
  }
  const names = written.flatMap((one) => one.split(',')).map((one) => one.trim());
  if (names.includes('*')) return anyName(option, mayHaveCredentials);
  const gone: string[] = [];
  const kept = names.flatMap((name) => {
    const accepted = [name, name.toUpperCase()].find((one) => isAccepted(check, option, one));
    if (accepted === undefined && name !== '') gone.push(name);
    return accepted ?? [];
  });
  const note =
    gone.length === 0
      ? {}
      : {
          note: `\`${option}\`: ${gone.map((one) => `\`${one}\``).join(', ')} had no effect in browsers, or no right one; gone`,
        };
  if (kept.length === 0) return { text: option === 'exposedHeaders' ? '' : '[]', ...note };
  const isSame = ts.isArrayLiteralExpression(bare(ts, value)) && kept.join() === written.join();
  if (isSame) return note;
  return { text: `[${kept.map((one) => `'${one}'`).join(', ')}]`, ...note };
}

/** With credentials, browsers read `*` as a header of that name: it exposed nothing. */
function anyName(option: string, mayHaveCredentials: boolean): FoundValue {
  if (option !== 'exposedHeaders' || !mayHaveCredentials) return { text: "'*'" };
  return { text: '', note: "`exposedHeaders: '*'` exposes nothing with credentials; gone" };
}

function mustBeList(option: string): string {
  return `\`${option}\` must be a list, or '*'`;
}

function isAccepted(check: LiteralCheck, option: string, name: string): boolean {
  return check.issuesOf({ origin: 'https://a.example', [option]: [name] }).length === 0;
}

/** The strings in a literal, or in a constant that is one. */
function namesOf(project: Project, value: ts.Expression): readonly string[] | undefined {
  const { ts } = project;
  const inner = bare(ts, value);
  if (ts.isStringLiteralLike(inner)) return [inner.text];
  if (ts.isArrayLiteralExpression(inner)) {
    const names = inner.elements.map((one) => (ts.isStringLiteralLike(one) ? one.text : undefined));
    return names.every((one) => one !== undefined) ? names : undefined;
  }
  if (!ts.isIdentifier(inner)) return undefined;
  const declaration = project.declarationOf(inner);
  const isConstant = declaration !== undefined && ts.isVariableDeclaration(declaration);
  return isConstant && declaration.initializer !== undefined
    ? namesOf(project, declaration.initializer)
    : undefined;
}

/** `text.split(',')`, and what is called on the list. */
function isSplit(project: Project, node: ts.Expression): boolean {
  if (!project.ts.isCallExpression(node)) return false;
  const target = called(project.ts, node);
  if (target === undefined) return false;
  if (target.name === 'split') return true;
  return (
    /^(?:map|filter)$/.test(target.name) && isSplit(project, bare(project.ts, target.receiver))
  );
}

const MAX_AGE = 86_400;

/** A number of seconds, also from a string; browsers keep nothing for longer than a day. */
export function findMaxAge({ ts }: Project, value: ts.Expression | undefined): FoundValue {
  const inner = value && bare(ts, value);
  if (inner === undefined || !(ts.isNumericLiteral(inner) || ts.isStringLiteralLike(inner)))
    return {};
  const seconds = Number(inner.text);
  if (!(Number.isInteger(seconds) && seconds >= 0)) {
    return { todo: '`maxAge` must be a number of seconds from 0 to 86400' };
  }
  if (seconds <= MAX_AGE) return ts.isNumericLiteral(inner) ? {} : { text: String(seconds) };
  const note = `\`maxAge: ${inner.text}\` is ${MAX_AGE} now: no browser keeps a preflight for longer`;
  return { text: String(MAX_AGE), note };
}

/** Whether `credentials` is written as true, as false, or as what is known later only. */
export function credentialsOf(
  { ts }: Project,
  property: ts.ObjectLiteralElementLike | undefined,
): Credentials {
  if (property === undefined) return 'never';
  if (!ts.isPropertyAssignment(property)) return 'maybe';
  const { kind } = bare(ts, property.initializer);
  if (kind === ts.SyntaxKind.TrueKeyword) return 'always';
  return kind === ts.SyntaxKind.FalseKeyword ? 'never' : 'maybe';
}
