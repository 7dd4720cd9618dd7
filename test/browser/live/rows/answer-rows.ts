import type { LiveCall, LiveRow } from '../live-row.js';
import { post } from './calls.js';

/** What an allowed page can read: headers, errors, timing. */
export function answerRows(): readonly LiveRow[] {
  return [
    {
      title: 'Exposed header readable, others not',
      calls: [{ path: '/orders', sees: 200, reads: { 'x-total-count': '2', 'x-secret': null } }],
      sent: ['GET /orders'],
    },
    {
      title: "`exposedHeaders: '*'`: all readable",
      calls: [{ path: '/feed', sees: 200, reads: { 'x-version': '7' } }],
      sent: ['GET /feed'],
    },
    {
      title: 'File name of a download readable',
      calls: [
        {
          path: '/orders/1/invoice',
          sees: 200,
          reads: { 'content-disposition': 'attachment; filename="invoice.pdf"' },
        },
      ],
      sent: ['GET /orders/1/invoice'],
    },
    failure('400 for a body that is not JSON', post('/orders', { body: '{', sees: 400 })),
    failure('401 from a guard', { path: '/session', sees: 401 }),
    failure('403 from a guard', { path: '/failures/403', sees: 403 }),
    failure('404 from a handler', { path: '/failures/404', sees: 404 }),
    failure('404 for an unknown route', { path: '/nowhere', sees: 404 }),
    failure('404 for an unknown route, preflighted', post('/nowhere', { sees: 404 })),
    failure('500', { path: '/failures/500', sees: 500 }),
    {
      title: '`timingAllowOrigin: true`: details of the timing readable',
      calls: [{ by: 'timing', path: '/files/timed', sees: 200, timing: true }],
      sent: ['GET /files/timed'],
    },
    {
      title: 'Without `timingAllowOrigin`: not readable',
      calls: [{ by: 'timing', path: '/orders', sees: 200, timing: false }],
      sent: ['GET /orders'],
    },
  ];
}

function failure(title: string, call: LiveCall): LiveRow {
  const { method = 'GET', path } = call;
  const preflights = call.headers === undefined ? [] : [`OPTIONS ${path}`];
  return {
    title: `${title}: readable`,
    calls: [call],
    sent: [...preflights, `${method} ${path}`],
  };
}
