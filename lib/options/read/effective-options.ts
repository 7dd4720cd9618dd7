import type { IssueList } from '../refusal/cors-config-error.js';
import { type Declared, type DeclaredOptions, overlayOptions } from '../declared-options.js';
import { mapInSteps, type Steps } from '../steps.js';
import { type Layer, OverrideReader, type PathOverride, readPaths } from './read-overrides.js';
import { type RootOptions, withCandidate } from './read-root.js';

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

type Layers = readonly Layer[];

const NO_LAYERS: Layers = [];

/** Reads the overrides of handlers and paths, once, and lays them over a global policy. */
export class EffectiveReader {
  private constructor(
    private readonly root: RootOptions,
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
    return new EffectiveReader(root, layers, yield* readPaths(root.paths, overrides, issues));
  }

  get paths(): readonly string[] {
    return this.pathOverrides.map(({ key }) => key);
  }

  /** The effective policies: the global one itself, that of each handler, that of each path. */
  live(): Steps<readonly Declared[]> {
    return this.under(this.root.global, 'live');
  }

  /** The same with the options of each `reportOnly`; undefined where there is none. */
  *candidate(): Steps<readonly Declared[] | undefined> {
    const { global, candidate, candidates } = this.root;
    const layers = [...this.layers.flat(), ...this.pathOverrides.map(({ layer }) => layer)];
    const isTried = layers.some((layer) => layer.candidate !== layer.live);
    if (candidate === undefined && candidates.size === 0 && !isTried) return undefined;
    return yield* this.under(withCandidate(global, candidate), 'candidate');
  }

  private *under(global: DeclaredOptions, kind: keyof Layer): Steps<readonly Declared[]> {
    const merge = (layers: Layers) =>
      layers.length === 0
        ? global
        : mergeOptions(
            global,
            layers.map((layer) => layer[kind]),
          );
    const ofHandlers = yield* mapInSteps(this.layers, merge);
    const ofPaths = yield* mapInSteps(this.pathOverrides, ({ layer }) => merge([layer]));
    return [global, ...ofHandlers, ...ofPaths];
  }
}

function readLayers(
  overrides: OverrideReader,
  { controller, handler, classOverride, methodOverride }: HandlerOverrides,
): Layers {
  if (classOverride === undefined && methodOverride === undefined) return NO_LAYERS;
  const layers: Layer[] = [];
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
