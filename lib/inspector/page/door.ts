import { type Door, DOOR_META } from '../doors.js';

/** Through which door the page was opened: as a file, unless a server says otherwise. */
export function doorOf(page: Pick<ParentNode, 'querySelector'>): Door {
  const content = page.querySelector(`meta[name="${DOOR_META}"]`)?.getAttribute('content');
  return content === 'application' || content === 'ui' ? content : 'file';
}
