import type ts from 'typescript';
import type { Layer } from './layers.js';
import type { Place, Project } from './project.js';
import { bare, called, propertyName, scopeOf, unwrapped } from './syntax.js';

/** An application, as `NestFactory.create(X)` makes it. */
export interface Application {
  readonly call: ts.CallExpression;
  readonly place: Place;
  /** The class X, and what its `@Module()` is given. */
  readonly root: RootModule | undefined;
  /** Why there is no root module that could be written to. */
  readonly why: string;
  /** The layer of `create(X, { cors })`. */
  readonly created: Layer | undefined;
}

export interface RootModule {
  readonly node: ts.ClassDeclaration;
  readonly name: string;
  readonly metadata: ts.ObjectLiteralExpression;
  /** The call `@Module(…)`. */
  readonly call: ts.CallExpression;
}

/** Finds every HTTP application of the project, tests apart. */
export function findApplications(project: Project): Application[] {
  const { ts } = project;
  const found: Application[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const target = called(ts, node);
      const isFactory =
        target?.name === 'create' &&
        project.isImported(target.receiver, /^@nestjs\/core$/, 'NestFactory');
      if (isFactory) found.push(readApplication(project, node));
    }
    ts.forEachChild(node, visit);
  };
  for (const file of project.files) {
    if (project.isReadable(file) && !project.isTest(file)) visit(file);
  }
  return found;
}

function readApplication(project: Project, call: ts.CallExpression): Application {
  const [argument] = call.arguments;
  const place = project.placeOf(call);
  const root = argument && readRoot(project, argument);
  const created = createdLayer(project, call);
  return typeof root === 'object'
    ? { call, place, root, why: '', created }
    : { call, place, root: undefined, why: root ?? 'no module is given', created };
}

/** The module class, or why it cannot be written to. */
function readRoot(project: Project, argument: ts.Expression): RootModule | string {
  const { ts } = project;
  let expression = unwrapped(ts, argument);
  if (ts.isCallExpression(expression)) {
    const target = called(ts, expression);
    if (target === undefined) return 'the module is built by a function';
    expression = target.receiver;
  }
  if (!ts.isIdentifier(expression)) return 'the module is not named';
  const declaration = project.declarationOf(expression);
  if (declaration === undefined) return `\`${expression.text}\` is not declared in this project`;
  if (!ts.isClassDeclaration(declaration)) return `\`${expression.text}\` is built by a function`;
  return (
    moduleOf(project, declaration) ??
    `\`${expression.text}\` has no \`@Module({…})\` with an object in it`
  );
}

/** A class with `@Module({ … })`. */
export function moduleOf(project: Project, node: ts.ClassDeclaration): RootModule | undefined {
  const { ts } = project;
  for (const { expression: call } of ts.getDecorators(node) ?? []) {
    if (!ts.isCallExpression(call)) continue;
    if (!project.isImported(call.expression, /^@nestjs\/common$/, 'Module')) continue;
    const [metadata] = call.arguments;
    if (metadata !== undefined && ts.isObjectLiteralExpression(metadata)) {
      return { node, name: node.name?.text ?? '', metadata, call };
    }
  }
  return undefined;
}

/** `cors` of the options that `create()` is given, in place or in a constant. */
function createdLayer(project: Project, call: ts.CallExpression): Layer | undefined {
  const { ts } = project;
  for (const argument of call.arguments.slice(1)) {
    const options = literalOf(project, argument);
    const cors = options?.properties.find((one) => propertyName(ts, one) === 'cors');
    if (cors === undefined) continue;
    if (!ts.isPropertyAssignment(cors) && !ts.isShorthandPropertyAssignment(cors)) continue;
    const value = ts.isPropertyAssignment(cors) ? cors.initializer : cors.name;
    const isObject = ts.isObjectLiteralExpression(bare(ts, value));
    return {
      kind: 'create',
      title: `NestFactory.create(…, { cors: ${isObject ? '{…}' : value.getText().slice(0, 30)} })`,
      place: project.placeOf(cors),
      node: cors,
      options: value,
      branches: [],
      receiver: undefined,
    };
  }
  return undefined;
}

function literalOf(project: Project, node: ts.Expression): ts.ObjectLiteralExpression | undefined {
  const { ts } = project;
  const inner = bare(ts, node);
  if (ts.isObjectLiteralExpression(inner)) return inner;
  if (!ts.isIdentifier(inner)) return undefined;
  const declaration = project.declarationOf(inner);
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  const { initializer } = declaration;
  const value = initializer && bare(ts, initializer);
  return value && ts.isObjectLiteralExpression(value) ? value : undefined;
}

/**
 * Which applications an expression may stand for: the variable of `create()`, or the parameter of a
 * function that is called with one.
 */
export function applicationsOf(
  project: Project,
  expression: ts.Expression,
  all: readonly Application[],
  seen: ReadonlySet<ts.Node> = new Set(),
): readonly Application[] {
  const { ts } = project;
  const inner = unwrapped(ts, expression);
  if (seen.has(inner)) return [];
  const next = new Set([...seen, inner]);
  const ofCall = all.filter(({ call }) => call === inner);
  if (ofCall.length > 0) return ofCall;
  if (ts.isCallExpression(inner)) return ofResult(project, inner, all, next);
  if (!ts.isIdentifier(inner)) return [];
  const declaration = project.declarationOf(inner);
  if (declaration === undefined) return [];
  if (ts.isVariableDeclaration(declaration)) {
    return ofVariable(project, declaration, all, next);
  }
  if (!ts.isParameter(declaration)) return [];
  const { parent } = declaration;
  const index = parent.parameters.indexOf(declaration);
  return unique(
    callsOf(project, parent).flatMap(({ arguments: given }) => {
      const argument = given[index];
      return argument === undefined ? [] : applicationsOf(project, argument, all, next);
    }),
  );
}

/** Of a variable, also one that is assigned later: `let app; app = await NestFactory.create(…)`. */
function ofVariable(
  project: Project,
  declaration: ts.VariableDeclaration,
  all: readonly Application[],
  seen: ReadonlySet<ts.Node>,
): readonly Application[] {
  const { ts } = project;
  const assigned = project.usesOf(declaration).flatMap(({ parent }) => {
    const isAssignment =
      ts.isBinaryExpression(parent) &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      parent.left.getText() === declaration.name.getText();
    return isAssignment ? [parent.right] : [];
  });
  const values = [declaration.initializer, ...assigned].filter((one) => one !== undefined);
  return unique(values.flatMap((value) => applicationsOf(project, value, all, seen)));
}

/** Methods of an application that return it. */
const CHAINED = /^(?:use|set|enable|init)/;

/** What a function of the project returns, or a method of a known application: they can be chained. */
function ofResult(
  project: Project,
  call: ts.CallExpression,
  all: readonly Application[],
  seen: ReadonlySet<ts.Node>,
): readonly Application[] {
  const { ts } = project;
  const target = called(ts, call);
  if (target !== undefined) {
    return CHAINED.test(target.name) ? applicationsOf(project, target.receiver, all, seen) : [];
  }
  if (!ts.isIdentifier(call.expression)) return [];
  const declaration = project.declarationOf(call.expression);
  return all.filter((one) => declaration !== undefined && isInside(one.call, declaration));
}

function isInside(node: ts.Node, outer: ts.Node): boolean {
  return (
    node.getSourceFile() === outer.getSourceFile() && node.pos >= outer.pos && node.end <= outer.end
  );
}

/** The calls of a function by its name. */
export function callsOf(project: Project, node: ts.Node): readonly ts.CallExpression[] {
  const { ts } = project;
  const isVariable = ts.isVariableDeclaration(node.parent);
  const declaration = isVariable ? node.parent : node;
  if (!ts.isFunctionDeclaration(declaration) && !ts.isVariableDeclaration(declaration)) return [];
  return project.usesOf(declaration).flatMap((use) => {
    const { parent } = use;
    return ts.isCallExpression(parent) && parent.expression === use ? [parent] : [];
  });
}

function unique<T>(all: readonly T[]): readonly T[] {
  return [...new Set(all)];
}

/** The applications that a layer belongs to: those it is called on, or else the only one there is. */
export function ownersOf(
  project: Project,
  layer: Layer,
  all: readonly Application[],
): readonly Application[] {
  const named = layer.receiver ? applicationsOf(project, layer.receiver, all) : [];
  if (named.length > 0 || all.length === 1) return named.length > 0 ? named : all;
  const around = scopeOf(project.ts, layer.node);
  const here = all.filter(({ call }) => scopeOf(project.ts, call) === around);
  if (here.length === 1) return here;
  const inFile = all.filter(({ call }) => call.getSourceFile() === layer.node.getSourceFile());
  return inFile.length === 1 ? inFile : [];
}
