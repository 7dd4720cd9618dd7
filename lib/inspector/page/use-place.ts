import { useCallback, useEffect, useState } from 'preact/hooks';
import { fragmentOf, type Place, placeOf } from './fragment.js';

/** Browsers refuse to write the address too often, and nobody reads it that fast. */
const WRITE_AFTER = 300;

/**
 * The place that the address names. What is set is shown at once, and written into the address a little
 * later, in place of the last: typing leaves no trail to go back through.
 */
export function usePlace(): readonly [Place, (place: Place) => void] {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  const fragment = fragmentOf(place);

  useEffect(() => {
    const follow = () => setPlace(placeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  useEffect(() => {
    const timer = setTimeout(() => write(fragment), WRITE_AFTER);
    return () => clearTimeout(timer);
  }, [fragment]);

  return [place, useCallback((next: Place) => setPlace(next), [])];
}

function write(fragment: string): void {
  if (fragment === location.hash || (fragment === '#' && location.hash === '')) return;
  try {
    history.replaceState(null, '', fragment);
  } catch {
    // A frame without an address of its own: the page works as well, but has no link.
  }
}
