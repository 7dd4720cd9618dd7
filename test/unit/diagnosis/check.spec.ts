import {
  type ReceivedResponse,
  simulate,
  type SimulateOptions,
} from '../../../lib/browser/index.js';
import { conclude } from '../../../lib/diagnosis/check.js';
import { network, response, visit } from '../browser/network.js';

type Options = Partial<Omit<SimulateOptions, 'send'>>;
const open = response(200, { 'access-control-allow-origin': '*' });
const redirect = (location: string | string[]) =>
  response(302, { 'access-control-allow-origin': '*', location });

describe('conclude', () => {
  it.each<[string, (ReceivedResponse | Error)[], Options, string, number]>([
    ['a response that is shared', [open], {}, 'allowed', 0],
    ["the page's own origin", [response(200)], { url: '/x' }, 'allowed', 0],
    ['a response that is not shared', [response(200)], {}, 'blocked', 1],
    ['a method that browsers do not send', [], { method: 'TRACE' }, 'blocked', 1],
    ['a port that browsers do not use', [], { url: 'https://api.example.com:6000/' }, 'blocked', 1],
    ['mixed content', [open], { url: 'http://api.example.com/' }, 'blocked', 1],
    ['no answer', [], {}, 'unknown', 2],
    ['a redirect to nowhere', [redirect(['/a', '/b'])], {}, 'unknown', 2],
    ['a redirect loop', Array.from({ length: 21 }, () => redirect('/x')), {}, 'unknown', 2],
  ])('%s', async (_, answers, options, verdict, exitCode) => {
    const simulation = await visit({ ...options, send: network(...answers).send });
    expect(conclude(simulation)).toEqual({ verdict, exitCode });
  });

  it('is about a page over http as well', async () => {
    const simulation = await simulate({
      pageOrigin: 'http://app.example.com',
      url: 'http://api.example.com/',
      send: network(open).send,
    });
    expect(conclude(simulation)).toEqual({ verdict: 'allowed', exitCode: 0 });
  });
});
