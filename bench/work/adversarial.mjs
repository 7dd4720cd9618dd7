import { ORIGIN } from './policy.mjs';

/** @typedef {{ origin: string, names: string }} Sent `Origin` and the requested header names */

const KB = 1024;
export const NORMAL = { origin: ORIGIN, names: 'authorization,content-type' };

/** Beyond our bounds: refused, at no more than twice the cost of a normal preflight. */
export const REFUSED = {
  '16 kB of commas': { origin: ORIGIN, names: ','.repeat(16 * KB) },
  '16 kB of spaces': { origin: ORIGIN, names: ' '.repeat(16 * KB) },
  '16 kB of names': { origin: ORIGIN, names: names(16 * KB, 12) },
  '12 kB Origin': { origin: `https://${'a'.repeat(12 * KB)}.example.com`, names: NORMAL.names },
};

/** The worst within the bounds, for the record. */
export const WITHIN = {
  '8 kB of spaces': { origin: ORIGIN, names: `${' '.repeat(8 * KB - 3)}x-a` },
  '8 kB in 128 names': { origin: ORIGIN, names: names(128 * 64 - 1, 63) },
};

/** As many different names of one length as fill so many bytes, sorted, as browsers send them. */
function names(bytes, length) {
  const count = Math.floor((bytes + 1) / (length + 1));
  return Array.from({ length: count }, (_, i) => `x-${String(i).padStart(length - 2, '0')}`).join();
}
