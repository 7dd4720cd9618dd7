import { metrics } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { PLATFORMS } from '../support/platforms.js';
import { sorted, visit, type Count } from './counted-app.js';
import { OpenTelemetryCorsCounter } from './open-telemetry-cors-counter.js';

/** Reads when asked; a real one reads every minute, or when scraped. */
class TestReader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

describe.each(PLATFORMS)('decisions counted with OpenTelemetry on $platform', ({ platform }) => {
  const reader = new TestReader();
  const provider = new MeterProvider({ readers: [reader] });

  beforeAll(() => {
    metrics.setGlobalMeterProvider(provider);
  });

  afterAll(async () => {
    metrics.disable();
    await provider.shutdown();
  });

  it('counts each, and none when the application is closed', async () => {
    const expected = await visit(platform, [OpenTelemetryCorsCounter]);
    await visit(platform, []);

    const { resourceMetrics } = await reader.collect();
    const [metric, ...others] = resourceMetrics.scopeMetrics.flatMap(({ metrics: all }) => all);
    const counted = metric?.dataPoints.map(({ attributes, value }): Count => ({
      outcome: String(attributes['cors.outcome']),
      policy: String(attributes['cors.policy']),
      preflight: attributes['cors.preflight'] === true,
      count: Number(value),
    }));
    expect([metric?.descriptor.name, others]).toEqual(['cors.decisions', []]);
    expect(sorted(counted ?? [])).toEqual(sorted(expected));
  });
});
