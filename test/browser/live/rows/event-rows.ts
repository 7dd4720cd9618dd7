import type { LiveRow } from '../live-row.js';
import { SIGN_IN } from './calls.js';

/** Server-sent events, read with `EventSource`. */
export function eventRows(): readonly LiveRow[] {
  return [
    {
      title: 'SSE without credentials',
      calls: [{ by: 'event-source', path: '/session/events', sees: 'loads', gets: 'signed out' }],
      sent: ['GET /session/events'],
    },
    {
      title: 'SSE with cookie',
      calls: [
        SIGN_IN,
        {
          by: 'event-source',
          path: '/session/events',
          credentials: true,
          sees: 'loads',
          gets: 'signed in',
        },
      ],
      sent: ['POST /session + cookie', 'GET /session/events + cookie'],
    },
    {
      title: 'SSE to a refused origin',
      from: 'stranger',
      calls: [{ by: 'event-source', path: '/session/events', sees: 'blocked' }],
      sent: ['GET /session/events'],
    },
    {
      title: 'SSE under `*`, to any origin',
      from: 'stranger',
      calls: [{ by: 'event-source', path: '/feed/events', sees: 'loads', gets: 'public' }],
      sent: ['GET /feed/events'],
    },
    {
      title: 'SSE under `*`, with credentials',
      calls: [{ by: 'event-source', path: '/feed/events', credentials: true, sees: 'blocked' }],
      sent: ['GET /feed/events + cookie'],
    },
  ];
}
