import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { endpointOf } from '../../../lib/inspector/doors.js';
import { troubleWith } from '../../../lib/inspector/serving/visitor.js';

function trouble(headers: Record<string, string>, isPage = false): string | undefined {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  const visitors = {
    hosts: new Set(['shop.test']),
    remedy: () => 'Remedy.',
    isSameOrigin: () => headers['origin'] === 'http://localhost:3000',
  };
  return troubleWith(request, visitors, isPage);
}

const host = 'localhost:3000';

it.each([
  [{ host }],
  [{ host: 'SHOP.test:3000' }],
  [{ ':authority': 'localhost' }],
  [{ host: '[::1]:3000' }],
  [{ host, origin: 'http://localhost:3000' }],
  [{ host, origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }],
  [{ host, 'sec-fetch-site': 'none' }],
])('%j is answered', (headers) => {
  expect(trouble(headers)).toBeUndefined();
});

it.each([
  [{}, 'The request names no host (`Host` is empty): the inspector answers only under'],
  [{ host: 'evil.example' }, '`evil.example` is a name'],
  [{ host: '[::1].evil.example' }, '`[::1].evil.example` is a name'],
  [{ host: '2130706433' }, '`2130706433` is a name'],
  [{ host: 'shop.test.' }, '`shop.test.` is a name'],
  [{ host: 'shöp.test' }, '`sh\\u00F6p.test` is a name'],
  [{ host, origin: 'https://evil.example' }, 'another origin (`https://evil.example`)'],
  [{ host, origin: 'null' }, 'another origin (`null`)'],
  [{ host, 'sec-fetch-site': 'cross-site' }, 'another origin:'],
  [{ host, 'sec-fetch-site': 'same-site' }, 'another origin:'],
  [
    {
      host,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    },
    'another origin:',
  ],
])('%j is not answered', (headers, reason) => {
  expect(trouble(headers)).toContain(reason);
});

it('only the page itself may be opened from elsewhere, and by a link alone', () => {
  const link = {
    host,
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };
  expect(trouble(link, true)).toBeUndefined();
  expect(trouble({ ...link, 'sec-fetch-dest': 'iframe' }, true)).toContain('another origin:');
  // A form.
  expect(trouble({ ...link, origin: 'https://evil.example' }, true)).toContain('another origin');
  expect(trouble({ ...link, host: 'evil.example' }, true)).toContain('is a name');
});

it.each([
  ['http://localhost:3000/cors', 'http://localhost:3000/cors/api/send'],
  ['http://localhost:3000/cors/', 'http://localhost:3000/cors/api/send'],
  ['http://localhost:3000/', 'http://localhost:3000/api/send'],
  ['https://shop.test/sub/cors?x=1#routes?path=/a', 'https://shop.test/sub/cors/api/send'],
  ['http://127.0.0.1:8080/?token=a-b_c#inspect', 'http://127.0.0.1:8080/api/send?token=a-b_c'],
])('a page at %s calls %s', (page, endpoint) => {
  expect(endpointOf(page, 'send')).toBe(endpoint);
});
