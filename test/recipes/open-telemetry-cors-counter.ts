import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import type { CorsDecisionEvent } from 'nestjs-cors';

/** Counts the CORS decisions of the process, for the meter provider that the process has. */
@Injectable()
export class OpenTelemetryCorsCounter implements OnModuleInit, OnModuleDestroy {
  private readonly decisions = metrics.getMeter('nestjs-cors').createCounter('cors.decisions', {
    description: 'CORS decisions by outcome, policy and kind of request',
  });

  onModuleInit(): void {
    subscribe('nestjs-cors:decision', this.count);
  }

  onModuleDestroy(): void {
    unsubscribe('nestjs-cors:decision', this.count);
  }

  private readonly count = (event: unknown): void => {
    const { outcome, policy, preflight } = event as CorsDecisionEvent;
    // No origin, no URL: anybody can make up new ones, and each would be a time series.
    this.decisions.add(1, {
      'cors.outcome': outcome,
      'cors.policy': String(policy),
      'cors.preflight': preflight,
    });
  };
}
