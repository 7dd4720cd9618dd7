import type ts from 'typescript';
import type { Branch } from './conditions.js';
import type { Layer } from './layers.js';
import type { Needs } from './moved-code.js';
import { type Draft, indentOf } from './rewriting.js';
import { reindent } from './source-style.js';

/** A layer with its options rewritten. */
export interface RewrittenLayer {
  readonly layer: Layer;
  /** None: the layer has no options. */
  readonly node: ts.Expression | undefined;
  readonly draft: Draft;
}

/** The options of a layer as text, without the indentation of their old place. */
export function optionsText({ node, draft }: RewrittenLayer): string {
  if (node === undefined) return "{ origin: '*' }";
  const text = draft.edits.textOf(node).replace(/\r\n/g, '\n');
  const flat = text.includes('\n') ? text : text.replace(/,\s*\}$/, ' }').replace(/\{ {2,}/, '{ ');
  return reindent(flat, indentOf(node), '');
}

/**
 * The call of `CorsModule`, its first line without indentation, the others with two spaces each.
 *
 * @param prelude lines before the options are computed
 * @param unit one step of indentation
 */
export function moduleCall(
  layers: readonly RewrittenLayer[],
  needs: Needs,
  imports: readonly string[],
  prelude: readonly string[],
  unit: string,
): string {
  const [only] = layers;
  const isPlain =
    layers.length === 1 &&
    only?.layer.branches.length === 0 &&
    !needs.isComputed &&
    prelude.length === 0;
  if (isPlain) return `CorsModule.forRoot(${optionsText(only)})`;
  const parameters = needs.injected
    .map(({ parameter, token }) => `${parameter}: ${token.text}`)
    .join(', ');
  const statements = [
    ...prelude,
    ...needs.statements.map((one) => statementText(one, layers)),
    ...branchText(layers, 0, unit),
  ];
  const [single = ''] = statements;
  const isValue = statements.length === 1 && single.startsWith('return ');
  const value = single.replace(/^return /, '').replace(/;$/, '');
  const body = isValue
    ? `(${value})`
    : `{\n${statements.map((one) => indented(one, unit)).join('\n')}\n}`;
  const asyncWord = needs.isAsync || prelude.length > 0 ? 'async ' : '';
  const lines = [
    ...(imports.length === 0 ? [] : [`imports: [${imports.join(', ')}],`]),
    ...(needs.injected.length === 0
      ? []
      : [`inject: [${needs.injected.map(({ token }) => token.text).join(', ')}],`]),
    `useFactory: ${asyncWord}(${parameters}) => ${body},`,
  ];
  return `CorsModule.forRootAsync({\n${lines.map((one) => indented(one, unit)).join('\n')}\n})`;
}

function statementText(statement: ts.Statement, [first]: readonly RewrittenLayer[]): string {
  const text = first?.draft.edits.textOf(statement) ?? statement.getText();
  return reindent(text.replace(/\r\n/g, '\n').replace(/^export\s+/, ''), indentOf(statement), '');
}

/** The options by the branches that the layers stood in. */
function branchText(
  layers: readonly RewrittenLayer[],
  depth: number,
  unit: string,
): readonly string[] {
  const [first] = layers;
  if (first === undefined) return ['return { origin: false };'];
  const branch = first.layer.branches[depth];
  if (branch === undefined) return [`return ${optionsText(first)};`];
  const of = (holds: boolean) =>
    layers.filter(({ layer }) => layer.branches[depth]?.holds === holds);
  const condition = first.draft.edits.textOf(branch.condition);
  const [yes, no] = [branchText(of(true), depth + 1, unit), branchText(of(false), depth + 1, unit)];
  return [`if (${condition}) {\n${yes.map((one) => indented(one, unit)).join('\n')}\n}`, ...no];
}

export function indented(text: string, indent: string): string {
  if (/`[^`]*\n[^`]*`/.test(text)) return indent + text;
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? line : indent + line))
    .join('\n');
}

/** Whether at most one of the layers can be installed: they stand in branches of one `if`. */
export function isOneOf(layers: readonly Layer[], depth = 0): boolean {
  if (layers.length <= 1) return true;
  const statement = layers[0]?.branches[depth]?.statement;
  if (statement === undefined) return false;
  if (layers.some(({ branches }) => branches[depth]?.statement !== statement)) return false;
  return [true, false].every((holds) =>
    isOneOf(
      layers.filter(({ branches }) => branches[depth]?.holds === holds),
      depth + 1,
    ),
  );
}

/** `if (production) …; if (!production) …`: the second is the first one's `else`. */
export function joined(layers: readonly Layer[]): readonly Layer[] {
  const [first, second] = layers;
  const [one, other] = [first?.branches, second?.branches];
  if (layers.length !== 2 || first === undefined || second === undefined) return layers;
  const [branch, opposite] = [one?.[0], other?.[0]];
  const isPair =
    one?.length === 1 &&
    other?.length === 1 &&
    branch !== undefined &&
    opposite !== undefined &&
    branch.statement !== opposite.statement &&
    branch.holds &&
    opposite.holds &&
    areOpposite(branch.condition.getText(), opposite.condition.getText());
  if (!isPair) return layers;
  const otherwise: Branch = { ...branch, holds: false };
  return [first, { ...second, branches: [otherwise] }];
}

function areOpposite(one: string, other: string): boolean {
  const negated = (text: string) => `!${text}`;
  if (negated(one) === other || negated(other) === one) return true;
  return one.replace('!==', '===') === other.replace('!==', '===') && one !== other;
}
