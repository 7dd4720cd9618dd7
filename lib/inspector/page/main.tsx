import { render } from 'preact';
import { type Door, DOOR_META } from '../doors.js';
import { Refusals } from './application/refusals.js';
import { Routes } from './application/routes.js';
import { Inspect } from './inspect/inspect.js';
import { answerJobs } from './reading/reader.js';
import { Shell, type View } from './shell.js';
import './page.css';

/** What can be seen, in the order of the tabs. The first that its door has is shown at the start. */
const VIEWS: readonly View[] = [
  { id: 'routes', title: 'Routes', doors: ['application'], Content: Routes },
  { id: 'refusals', title: 'Refusals', doors: ['application'], Content: Refusals },
  { id: 'inspect', title: 'Inspect', doors: ['file', 'application', 'ui'], Content: Inspect },
];

/** A file, unless a server says otherwise. */
function openedDoor(): Door {
  const content = document.querySelector(`meta[name="${DOOR_META}"]`)?.getAttribute('content');
  return content === 'application' || content === 'ui' ? content : 'file';
}

// The same script reads pastes in a worker, where there is no document.
if (typeof document === 'undefined') answerJobs();
else {
  const root = document.getElementById('app');
  if (root !== null) render(<Shell views={VIEWS} door={openedDoor()} />, root);
}
