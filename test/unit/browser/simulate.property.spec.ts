import {
  type BrowserName,
  type HeaderLines,
  PreflightCache,
  type ReceivedResponse,
  type Simulation,
} from '../../../lib/browser/index.js';
import { fc } from '../../support/fast-check.js';
import { visit } from './network.js';

const page = 'https://app.example.com';

const headerName = fc.constantFrom(
  'Access-Control-Allow-Origin',
  'access-control-allow-credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Max-Age',
  'Access-Control-Expose-Headers',
  'Location',
  'Vary',
  'etag',
);
/** What servers send, and anything else. */
const headerValue = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('*', page, 'true', 'PUT', 'x-a', 'x-a, PUT', 'null') },
  fc.constantFrom(`${page}/`, ` ${page} `, '', 'a b', 'https://b.test/', '/y', 'https://', '-1'),
  fc.string({ unit: 'binary' }),
);
const lines: fc.Arbitrary<HeaderLines> = fc.array(fc.tuple(headerName, headerValue), {
  maxLength: 6,
});
const answer: fc.Arbitrary<ReceivedResponse | null> = fc.option(
  fc.record({
    status: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(200, 204) },
      fc.constantFrom(101, 302, 304, 307, 401, 404, 500, 0, 999),
    ),
    headers: lines,
  }),
  { freq: 10 },
);
const browserName = fc.constantFrom<BrowserName>('chromium', 'firefox', 'safari');
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'patch'),
  headers: fc.constantFrom<HeaderLines>([], [['x-a', '1']], [['authorization', 'x']]),
  credentials: fc.boolean(),
});

/** What allows the requests above, often with something missing or wrong. */
const nearlyOpen: fc.Arbitrary<ReceivedResponse> = fc
  .tuple(
    fc.constantFrom<HeaderLines>(
      [['Access-Control-Allow-Origin', page]],
      [['Access-Control-Allow-Origin', '*']],
      [['Access-Control-Allow-Origin', `${page}/`]],
    ),
    fc.constantFrom<HeaderLines>([['Access-Control-Allow-Credentials', 'true']], []),
    fc.constantFrom<HeaderLines>([['Access-Control-Allow-Methods', 'PUT, patch']], []),
    fc.constantFrom<HeaderLines>([['Access-Control-Allow-Headers', 'authorization, x-a']], []),
  )
  .map((parts) => ({ status: 200, headers: parts.flat() }));

async function run(
  options: Readonly<{ method: string; headers: HeaderLines; credentials: boolean }>,
  answers: readonly (ReceivedResponse | null)[],
  browser: BrowserName,
): Promise<Simulation> {
  let next = 0;
  return visit({
    ...options,
    browser,
    preflightCache: new PreflightCache(() => 0),
    send: () => {
      const found = answers[next] ?? null;
      next += 1;
      return found === null ? Promise.reject(new Error('gone')) : Promise.resolve(found);
    },
  });
}

/** Chromium alone takes it for no redirect at all. */
function hasEmptyLocation(response: ReceivedResponse | null): boolean {
  const locations = (response?.headers ?? []).filter(([name]) => name.toLowerCase() === 'location');
  return locations.some(([, value]) => value.trim() === '');
}

/** The CORS check as the standard's prose describes it, written independently of the code. */
function maySee(response: ReceivedResponse, origin: string, credentialed: boolean): boolean {
  const valuesOf = (name: string) =>
    response.headers
      .filter((line) => line[0].toLowerCase() === name)
      .map((line) => line[1].replaceAll(/^[\t\n\r ]+|[\t\n\r ]+$/g, ''));
  const allowed = valuesOf('access-control-allow-origin');
  if (allowed.length !== 1) return false;
  if (!credentialed) return allowed[0] === '*' || allowed[0] === origin;
  const withCredentials = valuesOf('access-control-allow-credentials');
  return allowed[0] === origin && withCredentials.length === 1 && withCredentials[0] === 'true';
}

describe('simulate, whatever the server answers', () => {
  it('settles, and gives a fix exactly where something failed', async () => {
    await fc.assert(
      fc.asyncProperty(
        request,
        fc.array(answer, { maxLength: 6 }),
        browserName,
        async (options, answers, browser) => {
          const simulation = await run(options, answers, browser);
          const failed = simulation.verdict === 'blocked' || simulation.verdict === 'network-error';
          expect(simulation.failedCheck !== null).toBe(failed);
          expect(simulation.fix !== null).toBe(failed);
          expect(simulation.blockedAt !== null).toBe(failed);
          expect(simulation.steps.length).toBeLessThanOrEqual(answers.length + 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('prints nothing but printable characters', async () => {
    await fc.assert(
      fc.asyncProperty(request, lines, browserName, async (options, headers, browser) => {
        const { message, fix, findings } = await run(options, [{ status: 200, headers }], browser);
        const said = [message, fix?.sentence, ...findings.map((finding) => finding.sentence)];
        // Firefox quotes with typographic quotes, Safari's message has two lines.
        expect(said.join('').replaceAll(/[\u0020-\u007e‘’\n]/g, '')).toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('allows a response exactly where the CORS check passes', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.boolean(), browserName, async (headers, credentials, browser) => {
        const response = { status: 200, headers };
        const options = { method: 'GET', headers: [], credentials };
        const { verdict } = await run(options, [response], browser);
        expect(verdict).toBe(maySee(response, page, credentials) ? 'allowed' : 'blocked');
      }),
      { numRuns: 500 },
    );
  });

  it('reaches the same verdict in every browser', async () => {
    await fc.assert(
      fc.asyncProperty(request, fc.array(answer, { maxLength: 4 }), async (options, answers) => {
        fc.pre(!answers.some(hasEmptyLocation));
        const ends = await Promise.all(
          (['chromium', 'firefox', 'safari'] as const).map((browser) =>
            run(options, answers, browser),
          ),
        );
        const [first, ...others] = ends.map(({ verdict, blockedAt, exposed }) => ({
          verdict,
          blockedAt,
          exposed,
        }));
        expect(others).toEqual([first, first]);
      }),
      { numRuns: 500 },
    );
  });

  it('allows after a preflight only if both responses pass', async () => {
    let allowed = 0;
    await fc.assert(
      fc.asyncProperty(request, nearlyOpen, nearlyOpen, browserName, async (options, ...rest) => {
        const [toPreflight, toRequest, browser] = rest;
        const { verdict, steps } = await run(options, [toPreflight, toRequest], browser);
        const pass = steps.every(
          ({ response }) => response !== null && maySee(response, page, options.credentials),
        );
        if (verdict === 'allowed') allowed += 1;
        expect(verdict === 'allowed' && !pass).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect(allowed).toBeGreaterThan(20);
  });
});
