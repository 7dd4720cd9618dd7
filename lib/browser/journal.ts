import type { Finding, FindingKind } from './finding.js';
import type { SimulationStep } from './simulation-step.js';

/** What a simulation writes down on its way. */
export class Journal {
  readonly steps: SimulationStep[] = [];
  readonly findings: Finding[] = [];

  step(step: SimulationStep): void {
    this.steps.push(step);
  }

  /** Each finding once, however many hops show it. */
  find(kind: FindingKind, sentence: string, names: readonly string[] = []): void {
    if (this.findings.some((other) => other.sentence === sentence)) return;
    this.findings.push({ kind, sentence, names });
  }
}
