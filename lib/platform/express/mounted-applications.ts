/** Where applications with this module are mounted in an instance. The same for both builds. */
const MOUNTS: unique symbol = Symbol.for('nestjs-cors:mounts');

/** A layer of Express's router: a path, and what is tried there. */
interface Layer {
  match(path: string): boolean;
}

/** An instance of Express, as far as applications are mounted in it. */
export interface MountingInstance {
  [MOUNTS]?: Layer[];
  on?(event: 'mount', listener: (parent: MountingInstance) => void): unknown;
  readonly router?: { readonly stack?: readonly object[] };
}

/** From now on, whichever instance an application is mounted in knows where. */
export function announceMounts(instance: MountingInstance): void {
  instance.on?.('mount', (parent) => {
    // Express has just added it.
    const layer = parent.router?.stack?.at(-1);
    if (layer !== undefined && isLayer(layer)) (parent[MOUNTS] ??= []).push(layer);
  });
}

/** Whether an application with this module is mounted in an instance at a path or above it. */
export function isMountedAt({ [MOUNTS]: layers }: MountingInstance, target: string): boolean {
  if (layers === undefined) return false;
  const [path = ''] = target.split('?', 1);
  try {
    return layers.some((layer) => layer.match(path));
  } catch {
    // A parameter that cannot be decoded: the router answers 400, and tries no application.
    return false;
  }
}

function isLayer(layer: object): layer is Layer {
  return 'match' in layer && typeof layer.match === 'function';
}
