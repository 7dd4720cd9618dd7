/**
 * Through which door the page was opened: as a file, from an application that has
 * `CorsInspector.setup()`, or from `npx nestjs-cors ui`. A server writes it into the page.
 */
export type Door = 'file' | 'application' | 'ui';

/** The name of the `<meta>` in which a server says which door it is. */
export const DOOR_META = 'nestjs-cors-door';

/** A file, unless a server says otherwise. */
export function doorOf(page: Pick<ParentNode, 'querySelector'>): Door {
  const content = page.querySelector(`meta[name="${DOOR_META}"]`)?.getAttribute('content');
  return content === 'application' || content === 'ui' ? content : 'file';
}
