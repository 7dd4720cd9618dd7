import type { LiveRow } from '../live-row.js';
import { put, SIGN_IN } from './calls.js';

/** With cookies and without. */
export function credentialRows(): readonly LiveRow[] {
  return [
    {
      title: 'Cookie set, then sent',
      calls: [SIGN_IN, { path: '/session', credentials: true, sees: 200, gets: 'ada' }],
      sent: ['POST /session', 'GET /session + cookie'],
    },
    {
      title: 'Cookie withheld without credentials',
      calls: [{ path: '/session', sees: 401 }],
      sent: ['GET /session'],
    },
    {
      title: 'PUT with cookie: preflighted without',
      calls: [put('/session', { credentials: true, sees: 200, gets: 'ada' })],
      sent: ['OPTIONS /session', 'PUT /session + cookie'],
    },
    {
      title: '`*` without credentials',
      calls: [{ path: '/feed', sees: 200 }],
      sent: ['GET /feed'],
    },
    {
      title: '`*` with credentials: served, but not readable',
      calls: [{ path: '/feed', credentials: true, sees: 'blocked' }],
      sent: ['GET /feed + cookie'],
    },
    {
      title: '`*` with credentials, preflighted: not sent',
      calls: [{ method: 'DELETE', path: '/feed', credentials: true, sees: 'blocked' }],
      sent: ['OPTIONS /feed'],
    },
  ];
}
