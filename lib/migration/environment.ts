import type ts from 'typescript';
import type { Application } from './applications.js';
import type { Project } from './project.js';
import { NotCarriedOver } from './rewriting.js';
import { called, isAssignment, isWithin, scopeOf, walk } from './syntax.js';

const ENVIRONMENT = /^process\.env\b/;

/**
 * What a value was when it was read stays so: code that reads the environment and moves into the root
 * module is read while the application is created, so nothing may set variables between then and now.
 *
 * @throws NotCarriedOver where something does
 */
export function refuseOtherTimes(
  project: Project,
  reads: readonly ts.Node[],
  applications: readonly Application[],
): void {
  const reading = reads.filter((one) => readsEnvironment(project, one));
  if (reading.length === 0) return;
  const settings = project.files.flatMap((file) =>
    project.isTest(file) ? [] : settingsIn(project, file),
  );
  for (const read of reading) {
    for (const { call } of applications) {
      const between = settings.find((one) => isBetween(project, one, read, call));
      if (between === undefined) continue;
      const { file, line } = project.placeOf(between);
      throw new NotCarriedOver(
        read,
        `the environment that this reads is set at ${file}:${line}, ` +
          'and the module would read it at another time; set it before the application is created, in a file that is imported first',
      );
    }
  }
}

function readsEnvironment({ ts }: Project, node: ts.Node): boolean {
  let isRead = false;
  walk(ts, node, (one) => {
    if (ts.isPropertyAccessExpression(one) && ENVIRONMENT.test(one.getText())) isRead = true;
    return !isRead;
  });
  return isRead;
}

/** Where variables are set: `dotenv.config()`, `process.loadEnvFile()`, `process.env.A = …`. */
function settingsIn(project: Project, node: ts.Node): readonly ts.Node[] {
  const { ts } = project;
  const found: ts.Node[] = [];
  walk(ts, node, (one) => {
    const isSetting =
      (ts.isCallExpression(one) && setsEnvironment(project, one)) ||
      (isAssignment(ts, one) && ENVIRONMENT.test(one.left.getText()));
    if (isSetting) found.push(one);
    return true;
  });
  return found;
}

function setsEnvironment(project: Project, call: ts.CallExpression): boolean {
  const { ts } = project;
  const target = called(ts, call);
  const [first] = call.arguments;
  if (target === undefined) {
    return project.isImported(call.expression, /^dotenv|^(?:node:)?process$/);
  }
  if (target.name === 'loadEnvFile') return true;
  if (target.name === 'assign' && first !== undefined) return ENVIRONMENT.test(first.getText());
  return target.name === 'config' && project.isImported(target.receiver, /^dotenv/);
}

/** Whether something runs after the one and before the other: code is read, and an application made. */
function isBetween(
  project: Project,
  setting: ts.Node,
  read: ts.Node,
  create: ts.CallExpression,
): boolean {
  const { ts } = project;
  const [ofRead, ofCreate] = [scopeOf(ts, read), scopeOf(ts, create)];
  const isAtLoad = ts.isSourceFile(ofRead) && !ts.isSourceFile(ofCreate);
  return runsAt(project, setting).some((one) => {
    const scope = scopeOf(ts, one);
    // What a file does as it is loaded comes before what its functions do.
    if (isAtLoad) {
      if (scope === ofRead) return one.pos > read.pos;
      return scope === ofCreate && one.pos < create.pos;
    }
    if (scope === ofCreate) {
      const isEarly = ofRead === ofCreate && one.pos > read.pos;
      return one.pos > create.pos && !isEarly;
    }
    return scope === ofRead && one.pos < read.pos;
  });
}

/** Where code runs: at its place, and at the calls of the function that it is in. */
function runsAt(project: Project, node: ts.Node): readonly ts.Node[] {
  const { ts } = project;
  const around = scopeOf(ts, node);
  if (!ts.isFunctionDeclaration(around)) return [node];
  const uses = project.usesOf(around).filter((use) => !isWithin(use, around));
  return [node, ...uses];
}
