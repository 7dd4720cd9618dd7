import type ts from 'typescript';
import { callsOf, isFactoryCall } from './conditions.js';
import { createdLayer, hiddenCors } from './created-layer.js';
import type { Layer } from './layers.js';
import type { Place, Project } from './project.js';
import { bare, called, isWithin, scopeOf, unwrapped, walk } from './syntax.js';

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
  /** Where options of `create()` that are put together have a `cors`. */
  readonly hidden: ts.Node | undefined;
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
  const visit = (node: ts.Node): true => {
    if (isFactoryCall(project, node)) found.push(readApplication(project, node));
    return true;
  };
  for (const file of project.files) {
    if (project.isReadable(file) && !project.isTest(file)) walk(ts, file, visit);
  }
  return found;
}

function readApplication(project: Project, call: ts.CallExpression): Application {
  const [argument] = call.arguments;
  const place = project.placeOf(call);
  const root = argument && readRoot(project, argument);
  const created = createdLayer(project, call);
  const hidden = created === undefined ? hiddenCors(project, call) : undefined;
  return typeof root === 'object'
    ? { call, place, root, why: '', created, hidden }
    : { call, place, root: undefined, why: root ?? 'no module is given', created, hidden };
}

/** The module class, or why it cannot be written to. */
function readRoot(project: Project, argument: ts.Expression): RootModule | string {
  const { ts } = project;
  let expression = unwrapped(ts, argument);
  if (ts.isCallExpression(expression)) {
    const target = called(ts, expression);
    if (target === undefined) return 'the module is built by a function';
    expression = bare(ts, target.receiver);
  }
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  if (!ts.isIdentifier(name)) return 'the module is not named';
  const declaration = project.declarationOf(name);
  if (declaration === undefined) return `\`${name.text}\` is not declared in this project`;
  if (!ts.isClassDeclaration(declaration))
    return `\`${name.text}\` is built or loaded by a function`;
  return (
    moduleOf(project, declaration) ??
    `\`${name.text}\` has no \`@Module({…})\` with an object in it`
  );
}

/** A class with `@Module({ … })`. */
export function moduleOf(project: Project, node: ts.ClassDeclaration): RootModule | undefined {
  const { ts } = project;
  for (const { expression: call } of ts.getDecorators(node) ?? []) {
    if (!ts.isCallExpression(call)) continue;
    if (!project.isImported(call.expression, /^@nestjs\/common$/, 'Module')) continue;
    const [argument] = call.arguments;
    const metadata = argument && bare(ts, argument);
    if (metadata !== undefined && ts.isObjectLiteralExpression(metadata)) {
      return { node, name: node.name?.text ?? 'the root module', metadata, call };
    }
  }
  return undefined;
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
    callsOf(project, parent).flatMap((caller) => {
      const { arguments: given } = caller;
      const isHanded = given.some((one) => one === parent);
      const promise = isHanded ? called(ts, caller)?.receiver : undefined;
      // `promise.then((app) => …)`
      const argument = promise ?? given[index];
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
  return all.filter((one) => declaration !== undefined && isWithin(one.call, declaration));
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
