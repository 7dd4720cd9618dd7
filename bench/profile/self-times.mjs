/** What V8 shows for time outside of JavaScript, when nothing had to be done. */
const IDLE = new Set(['(idle)', '(root)']);

/** How much of the time passes before anything counts: starting, and compiling. */
const SKIPPED = 0.5;

/**
 * The share of the busy time that each function took on its own, once the server is warm.
 *
 * @param {object} profile as `--cpu-prof` writes it
 * @returns {{ share: number, place: string }[]} the largest first
 */
export function selfTimes({ nodes, samples, timeDeltas }) {
  const times = new Map();
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  const begin = timeDeltas.reduce((sum, delta) => sum + delta, 0) * SKIPPED;
  let now = 0;
  let busy = 0;
  for (const [index, id] of samples.entries()) {
    now += timeDeltas[index];
    const place = places.get(id);
    if (now < begin || IDLE.has(place)) continue;
    const time = timeDeltas[index];
    busy += time;
    times.set(place, (times.get(place) ?? 0) + time);
  }
  return Array.from(times, ([place, time]) => ({ share: time / busy, place })).toSorted(
    (a, b) => b.share - a.share,
  );
}

function placeOf({ functionName, url, lineNumber }) {
  if (url === '') return functionName;
  const file = url.split('/').slice(-2).join('/');
  return `${functionName || 'anonymous'} ${file}:${lineNumber + 1}`;
}
