import { Registry } from 'prom-client';
import { PLATFORMS } from '../support/platforms.js';
import { sorted, visit, type Count } from './counted-app.js';
import { PrometheusCorsCounter } from './prometheus-cors-counter.js';

describe.each(PLATFORMS)('decisions counted with prom-client on $platform', ({ platform }) => {
  it('counts each, and none when the application is closed', async () => {
    const registry = new Registry();
    const counter = [PrometheusCorsCounter, { provide: Registry, useValue: registry }];
    const expected = await visit(platform, counter);
    await visit(platform, []);

    const [metric, ...others] = await registry.getMetricsAsJSON();
    const counted = metric?.values.map(({ labels, value }): Count => ({
      outcome: String(labels['outcome']),
      policy: String(labels['policy']),
      preflight: labels['preflight'] === 'true',
      count: value,
    }));
    expect([metric?.name, others]).toEqual(['cors_decisions_total', []]);
    expect(sorted(counted ?? [])).toEqual(sorted(expected));
  });
});
