import { blankPaste } from '../../diagnosis/paste/blank-paste.js';

/** What a view keeps in the address, by name. */
export type Values = Readonly<Record<string, string>>;

/** A view, and what it shows: `#inspect?method=PUT`. */
export interface Place {
  /** Empty where the address names none. */
  readonly view: string;
  readonly values: Values;
}

/** Longer values are not written into the address: no ticket takes them. */
export const LONGEST_VALUE = 8000;

/** Reads the fragment of an address. Whatever stands there, it is read as far as it goes. */
export function placeOf(fragment: string): Place {
  const text = fragment.replace(/^#/, '');
  const mark = text.indexOf('?');
  const values = mark === -1 ? [] : [...new URLSearchParams(text.slice(mark + 1))];
  return {
    view: mark === -1 ? text : text.slice(0, mark),
    values: Object.fromEntries(
      values.map(([name, value]) => [name, blankPaste(value.slice(0, LONGEST_VALUE))]),
    ),
  };
}

/** The fragment of a place, which `placeOf()` reads back. Without secrets: addresses are passed on. */
export function fragmentOf({ view, values }: Place): string {
  const shown = Object.entries(values)
    .filter(([, value]) => value.length <= LONGEST_VALUE)
    .map(([name, value]) => [name, blankPaste(value)]);
  const query = new URLSearchParams(shown).toString();
  return query === '' ? `#${view}` : `#${view}?${query}`;
}
