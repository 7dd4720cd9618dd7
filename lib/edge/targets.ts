import { EdgeError, type EdgeTarget, type EdgeTargetName } from './edge-target.js';

/** What can be written for, each loaded when it is. */
const TARGETS: Readonly<Partial<Record<EdgeTargetName, () => Promise<EdgeTarget>>>> = {
  haproxy: async () => (await import('./haproxy/haproxy.js')).haproxy,
  caddy: async () => (await import('./caddy/caddy.js')).caddy,
  apache: async () => (await import('./apache/apache.js')).apache,
  'gateway-api': async () => (await import('./gateway-api/gateway-api.js')).gatewayApi,
  envoy: async () => (await import('./envoy/envoy.js')).envoy,
  nginx: async () => (await import('./nginx/nginx.js')).nginx,
  worker: async () => (await import('./worker/worker.js')).worker,
};

/** @throws EdgeError for what nothing is known of */
export async function edgeTarget(name: EdgeTargetName): Promise<EdgeTarget> {
  const load = TARGETS[name];
  if (load === undefined) {
    throw new EdgeError(`Expected a target that can be written for, got \`${name}\`.`);
  }
  return load();
}
