import type { SentRequest } from '../../../../lib/browser/index.js';
import { response } from '../../browser/network.js';
import { PAGE } from '../check-arguments.js';
import { always, changeOf } from './change-of.js';

const EXPRESS = { 'X-Powered-By': 'Express' };
const NGINX = { Server: 'nginx/1.22.1' };
const PUT = { method: 'PUT' } as const;

async function placeOf(...args: Parameters<typeof changeOf>) {
  const change = await changeOf(...args);
  return [change?.for, change?.why];
}

it('goes to what the responses show, and says by what', async () => {
  expect(await placeOf(always(response(200, EXPRESS)))).toEqual([
    'cors',
    'Recognised by `X-Powered-By: Express`; `--for` names another.',
  ]);
});

it('goes where `--for` says', async () => {
  expect(await placeOf(always(response(200, EXPRESS)), { server: 'fastify' })).toEqual([
    'fastify',
    null,
  ]);
});

it('is this library alone, without a word, where that answered', async () => {
  const refusal = response(403, { vary: 'Origin', 'content-length': '0' });
  const change = await changeOf(always(refusal), PUT);
  expect([change?.for, change?.why, change?.headers]).toEqual(['nestjs-cors', null, null]);
});

it('is this library and the headers in words where nothing shows', async () => {
  const change = await changeOf(always(response(200)), { ...PUT, credentials: true });
  expect([change?.for, change?.why, change?.headers]).toEqual([
    'nestjs-cors',
    null,
    'Any other server sends `Access-Control-Allow-Origin: https://app.example.com`, `Access-Control-Allow-Credentials: true`, and `Vary: Origin`; in the response to OPTIONS, with status 204, also `Access-Control-Allow-Methods: GET, HEAD, POST, PUT, PATCH, DELETE` and `Access-Control-Allow-Headers: content-type, authorization`. `--for` writes that for it.',
  ]);
});

it('warns of an application behind a proxy', async () => {
  expect(await placeOf(always(response(200, NGINX)))).toEqual([
    'nginx',
    'Recognised by `Server: nginx/1.22.1`. If an application behind nginx has a CORS layer, change that one instead, and nothing here (`--for` names it): the header would be sent twice.',
  ]);
});

it('goes to the application where it answered through a proxy', async () => {
  expect(await placeOf(always(response(200, { ...NGINX, ...EXPRESS })))).toEqual([
    'cors',
    'Express gave this response (`X-Powered-By: Express`), and nginx only passes it on (`Server: nginx/1.22.1`): change it in Express. In both, the header would be sent twice.',
  ]);
});

it('goes to the proxy where that answered itself', async () => {
  // Only a GET that nobody serves shows what is behind it.
  const proxied = ({ method, url }: SentRequest) =>
    method === 'OPTIONS' || url.endsWith('/1')
      ? response(405, NGINX)
      : response(404, { ...NGINX, ...EXPRESS });
  for (const request of [PUT, {}]) {
    expect(await placeOf(proxied, request)).toEqual([
      'nginx',
      'nginx gave this response itself (`Server: nginx/1.22.1`): others come from Express (`X-Powered-By: Express`), and this one does not. If Express has a CORS layer, let the request pass to it, and change nothing here. Otherwise:',
    ]);
  }
});

it('says which of two layers to take out, and why', async () => {
  const twice = { ...NGINX, ...EXPRESS, 'access-control-allow-origin': [PAGE, '*'] };
  expect(await placeOf(always(response(200, twice)))).toEqual([
    'nginx',
    'nginx (`Server: nginx/1.22.1`) and Express (`X-Powered-By: Express`) both send it. Better remove it from nginx: Express knows its routes, and answers their preflights. To keep that of nginx instead:',
  ]);
});

it('says where responses speak against `--for`', async () => {
  const both = always(response(200, { ...NGINX, ...EXPRESS }));
  expect(await placeOf(both, { server: 'nginx' })).toEqual([
    'nginx',
    'Express gave this response (`X-Powered-By: Express`). If it has a CORS layer, change that one instead (`--for cors`), and nothing in nginx: the header would be sent twice.',
  ]);
  expect(await placeOf(both, { server: 'cors' })).toEqual([
    'cors',
    'nginx stands in front of it (`Server: nginx/1.22.1`): let OPTIONS pass, and add no CORS headers there, or they would be sent twice.',
  ]);
});

it('is none for the error page of a proxy: the upstream has headers once it is back', async () => {
  expect(await changeOf(always(response(502, NGINX)), { server: 'nginx' })).toBe(null);
});

it('is none where the request is allowed', async () => {
  expect(await changeOf(always(response(200, { 'access-control-allow-origin': PAGE })))).toBe(null);
});
