import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMeant } from '../../../lib/diagnosis/paste/paste.js';
import { readPaste } from '../../../lib/diagnosis/paste/read-paste.js';
import type { Values } from '../../../lib/inspector/page/fragment.js';
import { EXAMPLES } from '../../../lib/inspector/page/inspect/examples.js';
import { inspect } from '../../../lib/inspector/page/inspect/inspection.js';
import { questionOf } from '../../../lib/inspector/page/inspect/question.js';
import { sequenceOf } from '../../../lib/inspector/page/inspect/sequence.js';

const URL_ASKED = 'https://api.example.com/orders/1';
const PAGE = 'https://app.example.com';
const BLOCKED = `Access to fetch at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: `;

async function inspected(text: string | null, values: Values = {}) {
  const paste = text === null ? null : readPaste(text);
  const question = questionOf(values, paste);
  if (question === null) throw new Error('Expected a question');
  return inspect(question, paste);
}

/** The picture, an arrow a line. */
async function drawn(text: string | null, values: Values = {}) {
  return sequenceOf(await inspected(text, values)).map(
    ({ from, to, label, note, look }) =>
      `${from} > ${to}: ${label}${note === null ? '' : ` | ${note}`} (${look})`,
  );
}

const PREFLIGHT = `curl -i -X OPTIONS ${URL_ASKED} -H 'Origin: ${PAGE}' -H 'Access-Control-Request-Method: PUT' -H 'Access-Control-Request-Headers: x-tenant'
HTTP/1.1 204 No Content
Access-Control-Allow-Origin: ${PAGE}
Access-Control-Allow-Methods: PUT`;

describe('inspect judges a pasted response', () => {
  it('which is blocked, with the change and its proof', async () => {
    const inspection = await inspected(PREFLIGHT);
    expect(inspection).toMatchObject({
      basis: 'response',
      outcome: 'blocked',
      title: 'Blocked on the response to the preflight: HEADER',
      reasons: [
        {
          check: null,
          cause:
            'Access-Control-Allow-Headers does not contain `x-tenant`: add it to `allowedHeaders`.',
          fix: 'Add the header to `allowedHeaders`.',
        },
      ],
      isSeen: true,
      change: { for: 'nestjs-cors' },
      proof: { isAllowed: true },
    });
    expect(inspection.change?.headers).toMatch(/ The list of servers writes that for it\.$/);
  });

  it('which passes', async () => {
    const inspection = await inspected(`${PREFLIGHT}\nAccess-Control-Allow-Headers: x-tenant`);
    expect(inspection).toMatchObject({
      outcome: 'allowed',
      title: 'Allowed: what was pasted passes every check',
      reasons: [],
      change: null,
      proof: null,
    });
  });

  it('with what was set instead of what it says', async () => {
    const { outcome, report } = await inspected(PREFLIGHT, { headers: '' });
    expect(outcome).toBe('allowed');
    expect(report.request.headers).toEqual([]);
  });

  it('for the server that was chosen', async () => {
    const { change } = await inspected(PREFLIGHT, { for: 'caddy' });
    expect(change).toMatchObject({ for: 'caddy', title: 'Caddy', headers: null });
  });

  it('and writes no change for the server of somebody else', async () => {
    const { change, proof, outcome } = await inspected(PREFLIGHT, { mine: 'no' });
    expect([outcome, change, proof]).toEqual(['blocked', null, null]);
  });

  it('of a server in front of another, and names the list of the page', async () => {
    const { change } = await inspected(`${PREFLIGHT}\nServer: nginx`);
    expect(change?.why).toBe(
      'Recognised by `Server: nginx`. If an application behind nginx has a CORS layer, change that one instead, and nothing here (the list of servers names it): the header would be sent twice.',
    );
  });

  it('unless a message says that another one was blocked', async () => {
    const missing = `${BLOCKED}No 'Access-Control-Allow-Origin' header is present on the requested resource.\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *`;
    expect(await inspected(missing)).toMatchObject({ basis: 'message', outcome: 'blocked' });
  });
});

describe('inspect says what a message means', () => {
  it('of one check', async () => {
    const inspection = await inspected(
      `${BLOCKED}Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.`,
    );
    expect(inspection).toMatchObject({
      basis: 'message',
      outcome: 'blocked',
      title: 'Blocked on the response to the preflight: METHOD',
      isSeen: false,
      change: { for: 'nestjs-cors' },
      proof: { isAllowed: true },
    });
    expect(inspection.reasons).toHaveLength(1);
    // What was made up to fit the message is not warned of.
    expect(inspection.report.warnings).toEqual([]);
  });

  it('of several checks', async () => {
    const inspection = await inspected(
      `Origin ${PAGE} is not allowed by Access-Control-Allow-Origin. Status code: 200\nFetch API cannot load ${URL_ASKED} due to access control checks.`,
    );
    expect(inspection.title).toBe(
      'Blocked on the response: ACAO_MISSING, ACAO_MISMATCH, ACAO_INVALID, or ACAO_MULTIPLE',
    );
    expect(inspection.reasons.map(({ check }) => check)).toEqual([
      'ACAO_MISSING',
      'ACAO_MISMATCH',
      'ACAO_INVALID',
      'ACAO_MULTIPLE',
    ]);
    expect(inspection.proof?.isAllowed).toBe(true);
  });

  it('which no answer of a server causes', async () => {
    const inspection = await inspected(
      `${BLOCKED}Permission was denied for this request to access the \`local\` address space.`,
    );
    expect(inspection).toMatchObject({
      title: 'Blocked before anything is sent: LNA',
      change: null,
      proof: null,
      report: { simulation: { steps: [] } },
    });
  });
});

describe('inspect makes nothing up that a message leaves open:', () => {
  const FIREFOX = `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${URL_ASKED}. (Reason: `;

  it('the status of a preflight', async () => {
    const text = `${FIREFOX}CORS preflight response did not succeed).`;
    expect(await drawn(text)).toEqual([
      'page > browser: fetch() (plain)',
      'browser > server: OPTIONS /orders/1 | asks for GET (plain)',
      'server > browser: a response | only 200 to 299 pass (failed)',
      'browser > page: TypeError | NetworkError when attempting to fetch resource. (failed)',
    ]);
    expect((await inspected(text)).report.simulation.message).toBeNull();
    const known = await drawn(
      `${FIREFOX}CORS preflight response did not succeed). Status code: 405.`,
    );
    expect(known[2]).toBe('server > browser: 405 | only 200 to 299 pass (failed)');
  });

  it('where a redirect leads, which is shown all the same', async () => {
    const text = `${BLOCKED}Response to preflight request doesn't pass access control check: Redirect is not allowed for a preflight request.`;
    expect(await drawn(text)).toEqual([
      'page > browser: fetch() (plain)',
      'browser > server: OPTIONS /orders/1 | asks for GET (plain)',
      'server > browser: a redirect | only 200 to 299 pass (failed)',
      'browser > page: TypeError | Failed to fetch (failed)',
    ]);
    const { title, change, report } = await inspected(text);
    expect([title, change]).toEqual([
      'Blocked on the response to the preflight: PREFLIGHT_REDIRECT',
      null,
    ]);
    expect(report.simulation.message).toBe(text);
  });

  it('a response, where there was none', async () => {
    const text = `${FIREFOX}CORS request did not succeed). Status code: (null).`;
    expect((await inspected(text)).title).toBe('Blocked: NETWORK');
    expect((await drawn(text)).slice(1, 3)).toEqual([
      'browser > server: GET /orders/1 (plain)',
      'server > browser: no response (failed)',
    ]);
  });

  it('what is allowed besides', async () => {
    const text = `${BLOCKED}Response to preflight request doesn't pass access control check: It does not have HTTP ok status.`;
    const { change } = await inspected(text, { for: 'cors' });
    expect(change?.code.join('\n')).toContain(`origin: ['${PAGE}' /* and your others */],\n}));`);
    const withCookies = await inspected(text, { for: 'cors', cookies: '1' });
    expect(withCookies.change?.code).toContain('  credentials: true,');
  });

  it('an error with a reason, where an element gets none', async () => {
    const text = `Access to image at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`;
    expect((await drawn(text)).at(-1)).toBe('browser > page: an error event (failed)');
  });
});

describe('inspect says what a browser wants', () => {
  it('of a server that has not answered yet', async () => {
    const inspection = await inspected(null, { url: URL_ASKED, origin: PAGE, method: 'DELETE' });
    expect(inspection).toMatchObject({ basis: 'request', outcome: 'unknown', isSeen: false });
    expect(inspection.reasons[0]?.cause).toMatch(
      /^A preflight is needed because of the method DELETE\. Below is what the browser wants to see\./,
    );
    expect(inspection.proof?.isAllowed).toBe(true);
  });

  it('unless the page is of the same origin', async () => {
    expect(await inspected(null, { url: `${PAGE}/a`, origin: PAGE })).toMatchObject({
      outcome: 'allowed',
      title: "Allowed: the URL has the page's own origin, so no CORS check applies",
      change: null,
    });
  });

  it('unless nothing is sent, whatever the server would answer', async () => {
    const inspection = await inspected(null, { url: 'http://api.example.com/', origin: PAGE });
    expect(inspection).toMatchObject({
      outcome: 'blocked',
      title: 'Blocked before anything is sent: MIXED_CONTENT',
      change: null,
    });
  });

  it('and who is asked on the way to a local server', async () => {
    const { report } = await inspected(null, { url: 'http://localhost:3000/', origin: PAGE });
    expect(report.warnings.map(({ id }) => id)).toContain('LOCAL_NETWORK_PERMISSION');
  });
});

describe('sequenceOf draws', () => {
  it('a preflight that fails', async () => {
    expect(await drawn(PREFLIGHT)).toEqual([
      'page > browser: fetch() (plain)',
      'browser > server: OPTIONS /orders/1 | asks for PUT with x-tenant (plain)',
      'server > browser: 204 | no Access-Control-Allow-Headers (failed)',
      'browser > page: TypeError | Failed to fetch (failed)',
    ]);
  });

  it('a response that fails behind a preflight that nobody has seen', async () => {
    const message = `${BLOCKED}No 'Access-Control-Allow-Origin' header is present on the requested resource.\nPUT ${URL_ASKED} net::ERR_FAILED 500`;
    expect(await drawn(message, { cookies: '1', browser: 'firefox' })).toEqual([
      'page > browser: fetch() | with cookies (plain)',
      'browser > server: OPTIONS /orders/1 | asks for PUT (plain)',
      'server > browser: a response (passed)',
      'browser > server: PUT /orders/1 (plain)',
      'server > browser: 500 | no Access-Control-Allow-Origin (failed)',
      'browser > page: TypeError | NetworkError when attempting to fetch resource. (failed)',
    ]);
  });

  it('what passes', async () => {
    const text = `GET /orders HTTP/1.1\nHost: api.example.com\nOrigin: ${PAGE}\n\nHTTP/1.1 404 Not Found\nAccess-Control-Allow-Origin: *`;
    expect(await drawn(text)).toEqual([
      'page > browser: fetch() (plain)',
      'browser > server: GET /orders (plain)',
      'server > browser: 404 (passed)',
      'browser > page: the response (passed)',
    ]);
  });

  it('what is not known yet', async () => {
    expect(await drawn(null, { url: URL_ASKED, origin: PAGE })).toEqual([
      'page > browser: fetch() (plain)',
      'browser > server: GET /orders/1 (plain)',
      'server > browser: ? (guessed)',
      'browser > page: ? | the response decides (guessed)',
    ]);
  });

  it('nothing that is not sent', async () => {
    expect(await drawn(null, { url: 'http://api.example.com/', origin: PAGE })).toEqual([
      'page > browser: fetch() (plain)',
      'browser > page: TypeError | Failed to fetch (failed)',
    ]);
  });

  it('redirects with their targets, without secrets', async () => {
    const text = [
      `Request URL: ${URL_ASKED}`,
      'Request Method: GET',
      'Status Code: 302',
      'Location: https://cdn.example.com/1?token=s3cr3t',
      `Access-Control-Allow-Origin: ${PAGE}`,
      `Origin: ${PAGE}`,
      'Request URL: https://cdn.example.com/1?token=s3cr3t',
      'Request Method: GET',
      'Status Code: 200',
      'Vary: Origin',
    ].join('\n');
    expect(await drawn(text)).toEqual([
      'page > browser: fetch() (plain)',
      'browser > server: GET /orders/1 (plain)',
      'server > browser: 302 | to https://cdn.example.com/1?token=(not shown) (passed)',
      'browser > server: GET https://cdn.example.com/1 (plain)',
      'server > browser: 200 | no Access-Control-Allow-Origin (failed)',
      'browser > page: TypeError | Failed to fetch (failed)',
    ]);
  });

  it('the beginning and the end of a long chain', async () => {
    const hops = Array.from({ length: 12 }, (_, hop) => [
      `Request URL: https://api.example.com/${hop}`,
      'Request Method: GET',
      'Status Code: 302',
      `Location: https://api.example.com/${hop + 1}`,
      `Access-Control-Allow-Origin: ${PAGE}`,
      `Origin: ${PAGE}`,
    ]);
    const arrows = await drawn(hops.flat().join('\n'));
    expect(arrows.filter((arrow) => arrow.includes('more like these'))).toEqual([
      'browser > server: 7 more like these (plain)',
    ]);
    expect(arrows.length).toBeLessThan(17);
  });
});

const KINDS_OF_ANSWERS = ['message', 'only looks like it'];

describe('inspect', () => {
  const cases: readonly { readonly paste: string }[] = JSON.parse(
    readFileSync(join('test/cases/pasted-messages.json'), 'utf8'),
  );

  it('has an answer to every paste that people had, and draws it', async () => {
    const answers = await Promise.all(
      cases.map(async ({ paste: text }) => {
        const paste = readPaste(text.replaceAll(/\{\w+\}/g, '3000'));
        const question = questionOf({}, paste);
        if (paste === null || question === null) return 'nothing';
        if (!isMeant(paste)) return 'only looks like it';
        const inspection = await inspect(question, paste);
        expect(sequenceOf(inspection).length).toBeGreaterThan(1);
        expect(
          inspection.reasons.length + Number(inspection.outcome === 'allowed'),
        ).toBeGreaterThan(0);
        return inspection.basis;
      }),
    );
    // Each is named by what is known of it.
    expect(new Set(answers)).toEqual(new Set(KINDS_OF_ANSWERS));
    expect(answers.filter((answer) => answer === 'message').length).toBeGreaterThan(20);
  });
});

describe('the examples', () => {
  it.each(EXAMPLES.filter(({ title }) => !title.includes('only looks')))(
    '$title: has a change that is allowed in all three',
    async ({ text }) => {
      const { outcome, proof } = await inspected(text);
      expect(outcome).not.toBe('allowed');
      expect(proof?.isAllowed).toBe(true);
    },
  );

  it('one only looks like CORS', () => {
    expect(EXAMPLES.map(({ text }) => readPaste(text)?.lookalike?.id)).toEqual([
      ...Array<undefined>(EXAMPLES.length - 1).fill(undefined),
      'UNREACHABLE',
    ]);
  });
});
