import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { CorsDecisionEvent } from 'nestjs-cors';
import { Counter, Registry } from 'prom-client';

/** Counts the CORS decisions of the process. Provide it once, and `Registry` beside it. */
@Injectable()
export class PrometheusCorsCounter implements OnModuleInit, OnModuleDestroy {
  private readonly decisions: Counter<'outcome' | 'policy' | 'preflight'>;

  constructor(registry: Registry) {
    this.decisions = new Counter({
      name: 'cors_decisions_total',
      help: 'CORS decisions by outcome, policy and kind of request',
      // No origin, no URL: anybody can make up new ones, and each would be a time series.
      labelNames: ['outcome', 'policy', 'preflight'],
      registers: [registry],
    });
  }

  onModuleInit(): void {
    subscribe('nestjs-cors:decision', this.count);
  }

  onModuleDestroy(): void {
    unsubscribe('nestjs-cors:decision', this.count);
  }

  private readonly count = (event: unknown): void => {
    const { outcome, policy, preflight } = event as CorsDecisionEvent;
    this.decisions.inc({ outcome, policy: String(policy), preflight: String(preflight) });
  };
}
