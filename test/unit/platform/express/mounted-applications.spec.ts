import {
  announceMounts,
  isMountedAt,
  type MountingInstance,
} from '../../../../lib/platform/express/mounted-applications.js';

const MOUNTS = Symbol.for('nestjs-cors:mounts');
const layerAt = (path: string) => ({ match: (asked: string) => asked === path });

/** An application that is mounted in a parent whose router has these layers. */
function mountedIn(router: MountingInstance['router']): MountingInstance {
  const listeners = new Map<string, (parent: MountingInstance) => void>();
  announceMounts({ on: (event, listener) => listeners.set(event, listener) });
  const parent: MountingInstance = router === undefined ? {} : { router };
  listeners.get('mount')?.(parent);
  return parent;
}

describe('an application that is mounted in another', () => {
  it('is known to that one by the layer that was added last', () => {
    const last = layerAt('/app');
    const parent = mountedIn({ stack: [layerAt('/first'), layerAt('/second'), last] });
    expect(Reflect.get(parent, MOUNTS)).toEqual([last]);
    expect(
      ['/app', '/app?a=/b', '/app?', '/first', '/second', '/'].map((target) =>
        isMountedAt(parent, target),
      ),
    ).toEqual([true, true, true, false, false, false]);
  });

  it('is one of several', () => {
    const parent: MountingInstance = { router: { stack: [layerAt('/one')] } };
    const mount = (path: string) => {
      Object.assign(parent, { router: { stack: [layerAt(path)] } });
      announceMounts({ on: (_event, listener) => listener(parent) });
    };
    mount('/one');
    mount('/two');
    expect(['/one', '/two', '/three'].map((path) => isMountedAt(parent, path))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each<[what: string, router: MountingInstance['router']]>([
    ['no router', undefined],
    ['a router without layers', {}],
    ['an empty router', { stack: [] }],
    ['layers that cannot be asked', { stack: [{}] }],
    ['layers that are asked otherwise', { stack: [{ match: '/app' }] }],
  ])('is not known where its parent has %s', (_, router) => {
    const parent = mountedIn(router);
    expect([Object.hasOwn(parent, MOUNTS), isMountedAt(parent, '/app')]).toEqual([false, false]);
  });

  it('is not at a path that cannot be decoded: nothing is', () => {
    const layer = {
      match: (): boolean => {
        throw new URIError('Failed to decode param');
      },
    };
    expect(isMountedAt(mountedIn({ stack: [layer] }), '/%zz')).toBe(false);
  });

  it('is not waited for where an instance announces nothing', () => {
    const instance = {};
    announceMounts(instance);
    expect([instance, isMountedAt(instance, '/')]).toEqual([{}, false]);
  });
});
