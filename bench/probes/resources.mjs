/** Bytes that stay on the heap and beside it. Needs `--expose-gc`. */
export function memoryInUse() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Microseconds of CPU time of this process, since it began or since `before`. */
export function cpuTime(before = 0) {
  const { user, system } = process.cpuUsage();
  return user + system - before;
}

/** Sends the parent what was measured, and ends this process. */
export function report(message) {
  process.send(message, () => process.exit());
}
