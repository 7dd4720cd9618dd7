import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a condition, up to a deadline. Gives the milliseconds it took. */
export async function until(what, holds, deadline) {
  const start = performance.now();
  for (;;) {
    const held = await holds();
    const passed = performance.now() - start;
    if (held) return passed;
    if (passed > deadline) throw new Error(`Not within ${deadline} ms: ${what}`);
    await pause(5);
  }
}
