import { render } from 'preact';
import { doorOf } from './door.js';
import { Inspect } from './inspect/inspect.js';
import { Shell, type View } from './shell.js';
import './page.css';

/** What can be seen, in the order of the tabs. The first that its door has is shown at the start. */
const VIEWS: readonly View[] = [
  { id: 'inspect', title: 'Inspect', doors: ['file', 'application', 'ui'], Content: Inspect },
];

const root = document.getElementById('app');
if (root !== null) render(<Shell views={VIEWS} door={doorOf(document)} />, root);
