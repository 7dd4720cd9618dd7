import type ts from 'typescript';
import { changesIn } from './changes.js';
import { literalOf } from './created-layer.js';
import type { Layer } from './layers.js';
import { credentialsOf, findList, findMaxAge, type FoundValue } from './option-values.js';
import { isBoolean } from './origin-answers.js';
import { OriginRewriter } from './origin-rewriter.js';
import {
  type Credentials,
  type Draft,
  indentOf,
  NotCarriedOver,
  REFUSED_VALUE,
  type Rewriting,
  short,
} from './rewriting.js';
import { bare, isUndefined, propertyName } from './syntax.js';

const PER_REQUEST =
  'these options are computed for each request: write `@Cors()` where routes differ, or a function as `origin`';

/** Options that mean nothing here, or what the module does anyway. */
const NEEDLESS = new Set([
  'optionsSuccessStatus',
  'optionSuccessStatus',
  'hideOptionsRoute',
  'strictPreflight',
  'cacheControl',
  'logLevel',
  'hook',
]);

/**
 * Rewrites the options of one layer where they stand, so that their text can be moved: options that
 * the module does not have go, and values become what the module takes.
 */
export class OptionsRewriter {
  constructor(private readonly draft: Draft) {}

  /** @throws NotCarriedOver where the layer has to stay as it is */
  rewrite({ options, kind }: Layer): Rewriting {
    const node = options && this.options(options, kind === 'create' ? 'false' : "'*'");
    return { node, ...this.draft.takeTexts() };
  }

  /**
   * The value of options: an object, a constant, a choice between two, or what `cors: true` means.
   *
   * @param none what `undefined` means to the layer: no CORS, or every origin
   */
  private options(node: ts.Expression, none: string): ts.Expression {
    const { ts } = this.draft.project;
    const inner = bare(ts, node);
    if (inner.kind === ts.SyntaxKind.TrueKeyword)
      this.draft.edits.replaceNode(inner, "{ origin: '*' }");
    else if (inner.kind === ts.SyntaxKind.FalseKeyword) {
      this.draft.edits.replaceNode(inner, '{ origin: false }');
    } else if (ts.isObjectLiteralExpression(inner)) this.object(inner);
    else if (ts.isConditionalExpression(inner)) {
      this.options(inner.whenTrue, none);
      this.options(inner.whenFalse, none);
    } else if (isUndefined(ts, inner)) {
      this.draft.edits.replaceNode(inner, `{ origin: ${none} }`);
    } else if (ts.isIdentifier(inner)) return this.constant(inner, none);
    else if (isBoolean(this.draft.project, inner)) {
      this.draft.edits.insert(
        inner.getSourceFile(),
        inner.end,
        " ? { origin: '*' } : { origin: false }",
      );
    } else if (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner)) {
      this.perRequest(inner, inner);
    } else
      throw new NotCarriedOver(inner, `what \`${short(inner)}\` returns is not known here`, true);
    return inner;
  }

  private perRequest(node: ts.Node, old: ts.Node): void {
    this.draft.todos.push(PER_REQUEST);
    this.draft.before.push(old.getText());
    this.draft.dropped.add(node);
    this.draft.edits.replaceNode(node, `{ origin: ${REFUSED_VALUE} }`);
  }

  /** A constant of the same file is written in its place; one of another file is changed there. */
  private constant(name: ts.Identifier, none: string): ts.Expression {
    const { ts } = this.draft.project;
    const declaration = this.draft.project.declarationOf(name);
    if (declaration === undefined) {
      throw new NotCarriedOver(name, `\`${name.text}\` is not declared in this project`, true);
    }
    if (ts.isFunctionDeclaration(declaration)) {
      this.perRequest(name, declaration);
      return name;
    }
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) {
      throw new NotCarriedOver(
        name,
        `the value of \`${name.text}\` is not written where it is declared`,
      );
    }
    if (changesIn(this.draft.project, declaration).length > 0) {
      throw new NotCarriedOver(name, `\`${name.text}\` is built in several steps`);
    }
    if (declaration.getSourceFile() === name.getSourceFile()) {
      this.draft.inlined.push(declaration);
      return this.options(declaration.initializer, none);
    }
    this.options(declaration.initializer, none);
    this.draft.ownedElsewhere(name, declaration);
    this.retype(declaration);
    return name;
  }

  /** Its type was that of `enableCors()`, or of the old package. */
  private retype({ type, name }: ts.VariableDeclaration): void {
    const file = name.getSourceFile();
    this.draft.edits.replace(file, name.end, type?.end ?? name.end, ': CorsOptions');
    this.draft.retyped.add(file);
  }

  private object(node: ts.ObjectLiteralExpression): void {
    const properties = this.propertiesOf(node);
    const credentials = this.effectiveCredentials(properties);
    for (const [name, property] of properties) this.property(name, property, credentials);
    if (properties.has('origin')) return;
    const isLined = /^\{[ \t]*\r?\n/.test(node.getText());
    const [first] = node.properties;
    const value = this.draft.anyOrigin(credentials, 'no `origin`');
    const indent = first && isLined ? `\n${indentOf(first)}` : ' ';
    const end = node.properties.length === 0 ? ' ' : ',';
    const written = `${indent}origin: ${value}${node.properties.some((one) => !this.draft.dropped.has(one)) ? end : ' '}`;
    if (node.properties.length === 0) this.draft.edits.replaceNode(node, `{ origin: ${value} }`);
    else this.draft.edits.insert(node.getSourceFile(), node.getStart() + 1, written);
  }

  /** The properties that count, those of spread constants among them. */
  private propertiesOf(node: ts.ObjectLiteralExpression): Map<string, ts.ObjectLiteralElementLike> {
    const { ts } = this.draft.project;
    const all = new Map<string, ts.ObjectLiteralElementLike>();
    for (const property of node.properties) {
      if (ts.isSpreadAssignment(property)) {
        for (const [name, one] of this.propertiesOf(this.spread(property))) all.set(name, one);
        continue;
      }
      const name = propertyName(ts, property);
      if (name === undefined) {
        throw new NotCarriedOver(
          property,
          `the name of the option \`${short(property)}\` is computed`,
          true,
        );
      }
      const earlier = all.get(name);
      if (earlier?.parent === node) this.draft.remove(earlier);
      all.set(name, property);
    }
    return all;
  }

  private spread(property: ts.SpreadAssignment): ts.ObjectLiteralExpression {
    const { project, edits } = this.draft;
    const { ts } = project;
    const inner = bare(ts, property.expression);
    const value = literalOf(project, inner);
    const declaration = ts.isIdentifier(inner) ? project.declarationOf(inner) : undefined;
    if (value !== undefined && declaration === undefined) return value;
    const isOwn = declaration?.getSourceFile() === property.getSourceFile();
    if (value && isOwn && changesIn(project, declaration).length === 0) {
      if (ts.isVariableDeclaration(declaration) && declaration.type !== undefined) {
        const { type, name } = declaration;
        edits.replace(type.getSourceFile(), name.end, type.end, '');
      }
      return value;
    }
    throw new NotCarriedOver(
      property,
      `which options \`${short(property)}\` adds is not known here`,
      true,
    );
  }

  /** Beside `'*'` browsers refuse credentials, so that nobody had any: they go. */
  private effectiveCredentials(properties: Map<string, ts.ObjectLiteralElementLike>): Credentials {
    const { ts } = this.draft.project;
    const written = properties.get('credentials');
    const credentials = credentialsOf(this.draft.project, written);
    const origin = properties.get('origin');
    const value =
      origin && ts.isPropertyAssignment(origin) ? bare(ts, origin.initializer) : undefined;
    const isAny = value !== undefined && ts.isStringLiteralLike(value) && value.text === '*';
    if (credentials !== 'always' || written === undefined) return credentials;
    if (!isAny && origin !== undefined) return credentials;
    this.draft.remove(written);
    properties.delete('credentials');
    const text =
      "`credentials: true` beside `'*'` had no effect, since browsers refuse it; it is gone";
    this.draft.notes.push(text);
    this.draft.remarks.push(`Every page, without credentials: ${text}.`);
    return 'never';
  }

  private property(
    name: string,
    property: ts.ObjectLiteralElementLike,
    credentials: Credentials,
  ): void {
    const { ts } = this.draft.project;
    const value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    switch (name) {
      case 'origin':
        new OriginRewriter(this.draft, credentials).property(property);
        return;
      case 'methods':
      case 'allowedHeaders':
      case 'exposedHeaders':
      case 'headers':
        this.list(name, property, value, credentials);
        return;
      case 'credentials':
        if (value === undefined || !isBoolean(this.draft.project, value)) {
          this.draft.todos.push(
            "`credentials` must be true or false; compare what it is read from, as in `=== 'true'`",
          );
        }
        return;
      case 'maxAge':
        this.apply(property, value, findMaxAge(this.draft.project, value), 'maxAge');
        return;
      default:
        this.needless(name, property, value);
    }
  }

  private needless(
    name: string,
    property: ts.ObjectLiteralElementLike,
    value: ts.Expression | undefined,
  ): void {
    const written = value?.getText() ?? name;
    const isDefault =
      (name === 'preflightContinue' && written === 'false') ||
      (name === 'preflight' && written === 'true');
    if (NEEDLESS.has(name) || isDefault) {
      this.draft.remove(property);
      return;
    }
    if (name === 'preflightContinue') {
      this.draft.todos.push(
        '`preflightContinue` left preflights to your own handlers; they are answered by the policy now, or by your handlers with `@Cors({ passThrough: true })`',
      );
    } else if (name === 'preflight') {
      this.draft.todos.push(
        '`preflight: false` answered no preflight; write `@Cors(false)` where there is to be none',
      );
    } else if (name === 'delegator') {
      throw new NotCarriedOver(property, PER_REQUEST);
    } else {
      this.draft.remove(property);
      this.draft.notes.push(
        `\`${name}\` is not an option of this layer, and had no effect; it is gone`,
      );
    }
  }

  private list(
    name: string,
    property: ts.ObjectLiteralElementLike,
    value: ts.Expression | undefined,
    credentials: Credentials,
  ): void {
    const option = name === 'headers' ? 'allowedHeaders' : name;
    const found = findList(
      this.draft.project,
      this.draft.check,
      option,
      value,
      credentials !== 'never',
    );
    this.apply(property, value, found, option);
  }

  /** Writes what was found, and reports it. */
  private apply(
    property: ts.ObjectLiteralElementLike,
    value: ts.Expression | undefined,
    found: FoundValue,
    option: string,
  ): void {
    if (found.note !== undefined) this.draft.notes.push(found.note);
    if (found.todo !== undefined) this.draft.todos.push(found.todo);
    if (found.text === '') this.draft.remove(property);
    else if (found.text !== undefined && value !== undefined) {
      this.draft.dropped.add(value);
      this.draft.edits.replaceNode(property, `${option}: ${found.text}`);
    } else if (property.name !== undefined && property.name.getText() === 'headers') {
      this.draft.edits.replaceNode(property.name, option);
    }
  }
}
