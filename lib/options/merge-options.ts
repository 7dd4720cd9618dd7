import { overlayOptions } from './overlay-options.js';
import type { SourcedOptions } from './sourced-options.js';

/**
 * Merges the global policy with the layers nearer to a handler, the nearest last. `false` switches
 * CORS off; a layer nearer than that starts again from the global policy.
 */
export function mergeOptions(
  global: SourcedOptions,
  layers: readonly (SourcedOptions | false)[],
): SourcedOptions | false {
  let merged = global;
  let isOff = false;
  for (const layer of layers) {
    if (layer !== false) merged = overlayOptions(isOff ? global : merged, layer);
    isOff = layer === false;
  }
  return isOff ? false : merged;
}
