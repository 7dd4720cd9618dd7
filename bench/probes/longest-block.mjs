/**
 * Watches the event loop from turn to turn, and finds the longest time for which something held it.
 * Of wall-clock time and CPU time it takes the shorter: another process may have had the core for a
 * while, or another thread of this one (garbage collector, compiler) may have used its own.
 */
export class LoopWatch {
  longestMs = 0;
  /** @type {NodeJS.Immediate} */
  next;

  constructor() {
    this.wall = performance.now();
    this.cpu = process.cpuUsage();
    this.next = setImmediate(() => this.turn());
  }

  turn() {
    const wall = performance.now();
    const { user, system } = process.cpuUsage(this.cpu);
    this.longestMs = Math.max(this.longestMs, Math.min(wall - this.wall, (user + system) / 1000));
    // Apart from what this took.
    this.wall = performance.now();
    this.cpu = process.cpuUsage();
    this.next = setImmediate(() => this.turn());
  }

  /** @returns the milliseconds of the longest block; this turn counts, too */
  stop() {
    clearImmediate(this.next);
    this.turn();
    clearImmediate(this.next);
    return this.longestMs;
  }
}
