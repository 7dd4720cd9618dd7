import type { IssueList } from '../refusal/cors-config-error.js';
import { type Declared, type DeclaredOptions, overlayOptions } from '../declared-options.js';
import { mapInSteps, type Steps } from '../steps.js';
import { OverrideReader, readPaths, type PathOverride } from './read-overrides.js';
import type { RootOptions } from './read-root.js';

/** The argument of `@Cors()`, `{}` without one. Wrapped, since `undefined` may be given as well. */
export interface Override {
  readonly written: unknown;
}

/** A route handler with its overrides; undefined where there is no `@Cors()`. */
export interface HandlerOverrides {
  /** The name of the class, for messages. */
  readonly controller: string;
  /** The name of the method, for messages. */
  readonly handler: string;
  readonly classOverride: Override | undefined;
  readonly methodOverride: Override | undefined;
}

type Layers = readonly Declared[];

/** Reads the overrides of handlers and paths, once, and lays them over a global policy. */
export class EffectiveReader {
  private constructor(
    private readonly layers: readonly Layers[],
    private readonly pathOverrides: readonly PathOverride[],
  ) {}

  static *read(
    root: RootOptions,
    handlers: readonly HandlerOverrides[],
    issues: IssueList,
  ): Steps<EffectiveReader> {
    const overrides = new OverrideReader(root, issues);
    const layers = yield* mapInSteps(handlers, (handler) => readLayers(overrides, handler));
    return new EffectiveReader(layers, yield* readPaths(root.paths, overrides, issues));
  }

  get paths(): readonly string[] {
    return this.pathOverrides.map(({ key }) => key);
  }

  /** The effective policies: the global one itself, that of each handler, that of each path. */
  *under(global: DeclaredOptions): Steps<readonly Declared[]> {
    const merge = (layers: Layers) => mergeOptions(global, layers);
    const ofHandlers = yield* mapInSteps(this.layers, merge);
    const ofPaths = yield* mapInSteps(this.pathOverrides, ({ layer }) => merge([layer]));
    return [global, ...ofHandlers, ...ofPaths];
  }
}

function readLayers(
  overrides: OverrideReader,
  { controller, handler, classOverride, methodOverride }: HandlerOverrides,
): Layers {
  const layers: Declared[] = [];
  if (classOverride !== undefined) {
    layers.push(overrides.read(`@Cors() on ${controller}`, 2, classOverride.written));
  }
  if (methodOverride !== undefined) {
    layers.push(overrides.read(`@Cors() on ${controller}.${handler}`, 3, methodOverride.written));
  }
  return layers;
}

/**
 * Merges the global policy with the layers of a handler, the one of highest precedence last. After one
 * without a policy, the next starts again from the global policy.
 */
export function mergeOptions(global: DeclaredOptions, layers: readonly Declared[]): Declared {
  let merged = global;
  let none: Exclude<Declared, DeclaredOptions> | undefined;
  for (const layer of layers) {
    if (typeof layer !== 'object') {
      none = layer;
      continue;
    }
    merged = overlayOptions(none === undefined ? merged : global, layer);
    none = undefined;
  }
  return none ?? merged;
}
