/** What a view keeps in the address, by name. */
export type Values = Readonly<Record<string, string>>;

/** A view, and what it shows: `#inspect?method=PUT`. */
export interface Place {
  /** Empty where the address names none. */
  readonly view: string;
  readonly values: Values;
}

/** Reads the fragment of an address. Whatever stands there, it is read as far as it goes. */
export function placeOf(fragment: string): Place {
  const text = fragment.replace(/^#/, '');
  const mark = text.indexOf('?');
  const view = mark === -1 ? text : text.slice(0, mark);
  return {
    view,
    values: mark === -1 ? {} : Object.fromEntries(new URLSearchParams(text.slice(mark + 1))),
  };
}

/** The fragment of a place, which `placeOf()` reads back. */
export function fragmentOf({ view, values }: Place): string {
  const query = new URLSearchParams({ ...values }).toString();
  return query === '' ? `#${view}` : `#${view}?${query}`;
}
