import type ts from 'typescript';
import { type Branch, conditionsOf } from './conditions.js';
import type { Place, Project } from './project.js';
import { bare, called, loaded, propertyOf, unwrapped, walk } from './syntax.js';

/** One CORS layer of an application, as it is written. */
export interface Layer {
  readonly kind: 'enableCors' | 'create' | 'cors' | 'fastify-cors';
  /** How the report calls it: `app.enableCors({…})`. */
  readonly title: string;
  readonly place: Place;
  readonly node: ts.CallExpression | ts.PropertyAssignment | ts.ShorthandPropertyAssignment;
  /** Its options; none where it has none. */
  readonly options: ts.Expression | undefined;
  /** The conditions under which it is installed, from the outermost. */
  readonly branches: readonly Branch[];
  /** The application that it is called on, as far as it is an expression. */
  readonly receiver: ts.Expression | undefined;
}

/** What stays as it is, with the reason for a person. */
export interface LeftOver {
  readonly place: Place;
  readonly why: string;
  /** Where a TODO stands; none where nothing is to be done. */
  readonly at: ts.Node | undefined;
}

const CORS = /^cors$/;
const FASTIFY_CORS = /^(?:@fastify\/cors|fastify-cors)$/;
const BY_HAND = /^(?:set|setHeader|header|append)$/;

/** Finds the layers of all files, apart from those of `NestFactory.create()`. */
export function findLayers(project: Project): { layers: Layer[]; leftOver: LeftOver[] } {
  const layers: Layer[] = [];
  const leftOver: LeftOver[] = [];
  const understood = new Set<ts.Node>();
  const left = (at: ts.Node, why: string): void => {
    // What tests install is theirs.
    if (!project.isTest(at.getSourceFile())) leftOver.push({ place: project.placeOf(at), why, at });
  };

  const visitCall = (node: ts.CallExpression): void => {
    const layer = readLayer(project, node);
    if (layer === undefined) return;
    for (const one of layer.marks) understood.add(one);
    if ('why' in layer) {
      left(node, layer.why);
      return;
    }
    const { receiver } = layer.read;
    // What tests install is theirs, however they do it.
    const branches = project.isTest(node.getSourceFile())
      ? []
      : conditionsOf(project, node, receiver);
    if (typeof branches === 'string') {
      left(node, `${branches}; move it into \`CorsModule.forRoot()\``);
    } else {
      layers.push({ ...layer.read, node, place: project.placeOf(layer.at), branches });
    }
  };
  const { ts } = project;
  const visit = (node: ts.Node): true => {
    if (ts.isCallExpression(node)) {
      visitCall(node);
      if (isHeaderByHand(project, node)) {
        left(
          node,
          '`Access-Control-Allow-Origin` is set by hand here; the policy replaces it, so remove it',
        );
      }
    } else if (isEnableCors(project, node)) {
      left(
        node,
        '`enableCors` is used here in a way that is not recognised; move its options into `CorsModule.forRoot()`',
      );
    } else if (ts.isDecorator(node)) visitGateway(project, node, leftOver);
    else if (ts.isIdentifier(node) && isLayerImport(project, node) && !understood.has(node)) {
      left(
        node,
        'another CORS layer is used here in a way that is not recognised; move it into `CorsModule.forRoot()`, or `@Cors()`',
      );
    }
    return true;
  };
  for (const file of project.files) if (project.isReadable(file)) walk(ts, file, visit);
  return { layers, leftOver };
}

type Reading =
  | { readonly marks: readonly ts.Node[]; readonly why: string }
  | {
      readonly marks: readonly ts.Node[];
      readonly at: ts.Node;
      readonly read: Pick<Layer, 'kind' | 'title' | 'options'> & {
        readonly receiver: ts.Expression;
      };
    };

function readLayer(project: Project, node: ts.CallExpression): Reading | undefined {
  const { ts } = project;
  const target = called(ts, node);
  if (target === undefined || target.receiver.kind === ts.SyntaxKind.SuperKeyword) return undefined;
  const { receiver, name, at } = target;
  const [first, second] = node.arguments;
  const on = receiver.getText().length <= 30 ? receiver.getText() : 'app';
  if (name === 'enableCors') {
    const title = `${on}.enableCors(${shown(project, first)})`;
    return { marks: [], at, read: { kind: 'enableCors', title, options: first, receiver } };
  }
  if (name === 'use' && first !== undefined) {
    const middleware = node.arguments.find((one) => corsCallee(project, one) !== undefined);
    const callee = middleware && corsCallee(project, middleware);
    if (middleware === undefined || callee === undefined) return undefined;
    const call = bare(ts, middleware);
    if (middleware !== first || !ts.isCallExpression(call) || call === callee) {
      return {
        marks: [callee],
        why: 'this layer serves some paths only; write `@Cors()` on the controllers there, or `paths`, and remove it',
      };
    }
    const [options] = call.arguments;
    const title = `${on}.use(cors(${shown(project, options)}))`;
    return { marks: [callee], at, read: { kind: 'cors', title, options, receiver } };
  }
  if (name === 'register' && first !== undefined && isFastifyPlugin(project, first)) {
    const title = `${on}.register(${first.getText()}${second ? `, ${shown(project, second)}` : ''})`;
    const plugin = unwrapped(ts, first);
    return {
      marks: [plugin],
      at,
      read: { kind: 'fastify-cors', title, options: second, receiver },
    };
  }
  return undefined;
}

function shown(project: Project, options: ts.Expression | undefined): string {
  if (options === undefined) return '';
  const { ts } = project;
  const isShort = !ts.isObjectLiteralExpression(options) && options.getText().length <= 30;
  if (isShort) return options.getText();
  return ts.isObjectLiteralExpression(options) ? '{…}' : '…';
}

/** The name `cors` in `cors()` or `cors(options)`, or what stands for it: `require('cors')`. */
function corsCallee(project: Project, node: ts.Expression): ts.Expression | undefined {
  const { ts } = project;
  const call = bare(ts, node);
  if (CORS.test(loaded(ts, call) ?? '')) return call;
  const callee = ts.isCallExpression(call) ? bare(ts, call.expression) : call;
  const name = ts.isPropertyAccessExpression(callee) ? bare(ts, callee.expression) : callee;
  return project.isImported(name, CORS) || CORS.test(loaded(ts, name) ?? '') ? name : undefined;
}

function isFastifyPlugin(project: Project, node: ts.Expression): boolean {
  const plugin = unwrapped(project.ts, node);
  if (project.isImported(plugin, FASTIFY_CORS)) return true;
  return FASTIFY_CORS.test(loaded(project.ts, plugin) ?? '');
}

function isLayerImport(project: Project, node: ts.Identifier): boolean {
  const { ts } = project;
  const { parent } = node;
  const isName = ts.isPropertyAccessExpression(parent) && parent.name === node;
  const isDeclared =
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent) ||
    ts.isImportEqualsDeclaration(parent) ||
    ((ts.isVariableDeclaration(parent) || ts.isBindingElement(parent)) && parent.name === node);
  if (isName || isDeclared || ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent)) {
    return false;
  }
  const imported = project.importOf(node) ?? project.requireOf(node);
  if (imported === undefined || imported.isTypeOnly) return false;
  const isPlugin = FASTIFY_CORS.test(imported.specifier) || CORS.test(imported.specifier);
  return isPlugin && /^(?:default|\*|=|fastifyCors)$/.test(imported.name);
}

/** `enableCors` otherwise than called: `const { enableCors } = app`, `app.enableCors.bind(app)`. */
function isEnableCors({ ts }: Project, node: ts.Node): boolean {
  if (ts.isBindingElement(node)) {
    return (node.propertyName ?? node.name).getText() === 'enableCors';
  }
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'enableCors') return false;
  return !ts.isCallExpression(node.parent) || node.parent.expression !== node;
}

function isHeaderByHand(project: Project, node: ts.CallExpression): boolean {
  const [name] = node.arguments;
  const target = called(project.ts, node);
  return (
    target !== undefined &&
    BY_HAND.test(target.name) &&
    name !== undefined &&
    project.ts.isStringLiteralLike(name) &&
    name.text.toLowerCase() === 'access-control-allow-origin'
  );
}

function visitGateway(project: Project, node: ts.Decorator, leftOver: LeftOver[]): void {
  const { ts } = project;
  const call = node.expression;
  if (!ts.isCallExpression(call)) return;
  if (!project.isImported(call.expression, /^@nestjs\/websockets$/, 'WebSocketGateway')) return;
  const options = call.arguments.find(ts.isObjectLiteralExpression);
  const cors = options && propertyOf(ts, options, 'cors');
  if (cors === undefined) return;
  leftOver.push({
    place: project.placeOf(cors),
    why: "a gateway's own CORS stays as it is; `CorsService.socketOptions()` would give it the application's policy",
    at: undefined,
  });
}
