import type ts from 'typescript';
import type { Edits } from './edits.js';
import { type Answer, answersOf, type OriginFunctionNode } from './origin-answers.js';
import { membersOf, type Rule, ruleOf } from './origin-rules.js';
import type { Project } from './project.js';
import { called, walk } from './syntax.js';

/** What becomes of a function as `origin`. */
export type OriginVerdict =
  | {
      /** All that it allows is in lists: the text of one list. */
      readonly kind: 'list';
      readonly text: string;
      /** What the text is made of, for the names in it. */
      readonly kept: readonly ts.Expression[];
      /** The conditions under which some members are in it. */
      readonly guards: readonly ts.Expression[];
      readonly refusesByError: boolean;
      readonly refusesNone: boolean;
    }
  /** It allows everyone, whatever the origin. */
  | { readonly kind: 'any' }
  /** It returns its answer now; the edits are made. */
  | { readonly kind: 'predicate'; readonly refusesByError: boolean; readonly refusesNone: boolean }
  | { readonly kind: 'person'; readonly why: string };

/**
 * Turns a function that answers by a callback into a list, or else into one that returns its answer.
 *
 * @param mayHaveCredentials then whom it allows must be plain to see
 */
export function convertOriginFunction(
  project: Project,
  node: OriginFunctionNode,
  mayHaveCredentials: boolean,
  edits: Edits,
): OriginVerdict {
  const answers = answersOf(project, node);
  if (typeof answers === 'string') return { kind: 'person', why: answers };
  const rules = answers.conditions?.map((condition) => ruleOf(project, condition, answers.subject));
  const refusesByError =
    answers.refusals.length > 0 && answers.refusals.every((one) => one === 'error');
  const refusesNone =
    refusesByError && rules !== undefined && !rules.some(({ kind }) => kind === 'no origin');
  if (rules?.some(({ kind }) => kind === 'always') === true) {
    return mayHaveCredentials ? open(rules) : { kind: 'any' };
  }
  const isPlain = rules?.every(({ kind }) => kind === 'no origin' || kind === 'members') === true;
  if (rules !== undefined && isPlain && !answers.hasEffects && isFixed(project, node)) {
    const members = membersOf(rules, edits);
    if (members.kept.length > 0) return { kind: 'list', ...members, refusesByError, refusesNone };
  }
  if (mayHaveCredentials) {
    const isSafe = rules?.every(({ kind }) => kind !== 'open' && kind !== 'text') === true;
    if (!isSafe) return open(rules);
  }
  returnAnswers(project, node, answers.all, edits);
  return { kind: 'predicate', refusesByError, refusesNone };
}

/** What such methods return changes only with what they are called on. */
const PURE = /^(?:includes|indexOf|some|has|test|split|map|filter|trim|concat|get|toLowerCase)$/;

/** Whether it looks in the same lists for every request: it asks no service and no database. */
function isFixed(project: Project, node: OriginFunctionNode): boolean {
  const { ts } = project;
  const [, callback] = node.parameters;
  const answers = callback?.name.getText();
  let isSame = true;
  walk(ts, node, (one) => {
    if (ts.isAwaitExpression(one)) isSame = false;
    if (ts.isCallExpression(one) && one.expression.getText() !== answers) {
      const target = called(ts, one);
      const isOther = target === undefined && one.expression.getText() !== 'Boolean';
      if (isOther || (target !== undefined && !PURE.test(target.name))) isSame = false;
    }
    return true;
  });
  return isSame;
}

function open(rules: readonly Rule[] | undefined): OriginVerdict {
  const rule = rules?.find(({ kind }) => kind === 'always' || kind === 'open' || kind === 'text');
  const text = rule?.node?.getText().replace(/\s+/g, ' ');
  if (rule?.kind === 'always') {
    return { kind: 'person', why: 'this function allows every page, with credentials' };
  }
  const which = text === undefined ? 'what it allows' : `\`${text.slice(0, 80)}\``;
  return {
    kind: 'person',
    why:
      rule?.kind === 'open'
        ? `with credentials, every page is allowed where ${which} ${rule.negated === true ? 'does not hold' : 'holds'}`
        : `with credentials, ${which} may let strangers in: it compares parts of the origin`,
  };
}

/** `callback(null, x)` becomes `return x`, and the second parameter goes. */
function returnAnswers(
  project: Project,
  node: OriginFunctionNode,
  answers: readonly Answer[],
  edits: Edits,
): void {
  const { ts } = project;
  const file = node.getSourceFile();
  const [first, second] = node.parameters;
  if (first !== undefined && second !== undefined) edits.replace(file, first.end, second.end, '');
  if (node.type !== undefined && answers.length > 0) {
    edits.replace(file, node.type.pos - 1, node.type.end, '');
  }
  for (const { call, value, statement } of answers) {
    edits.replaceNode(call, value === undefined ? 'false' : edits.textOf(value));
    if (statement === undefined) continue;
    edits.insert(file, statement.getStart(), 'return ');
    const siblings = ts.isBlock(statement.parent) ? statement.parent.statements : undefined;
    const next = siblings?.[siblings.indexOf(statement) + 1];
    if (next !== undefined && ts.isReturnStatement(next) && next.expression === undefined) {
      edits.replace(file, statement.end, next.end, '');
    }
  }
}
