import { reportJson } from '../../../../lib/cli/render/json.js';
import { check } from '../../../../lib/diagnosis/check.js';
import { readPaste } from '../../../../lib/diagnosis/paste/read-paste.js';
import { response } from '../../browser/network.js';
import { checkArguments, PAGE, URL_ASKED } from '../../diagnosis/check-arguments.js';
import { fakeServer } from '../../diagnosis/fake-server.js';

const FLASK = [
  '# pip install flask-cors; in place of your CORS(app), whose other arguments stay',
  'CORS(',
  '    app,',
  "    origins=['https://app.example.com'],  # and your others",
  "    allow_headers=['content-type', 'authorization'],  # and your others",
  ')',
];

describe('reportJson', () => {
  it('contains everything except secrets', async () => {
    const { send } = fakeServer(({ method }) =>
      method === 'OPTIONS'
        ? response(204, {
            'Access-Control-Allow-Origin': PAGE,
            'X-Odd': 'ü\u009b',
            'Set-Cookie': 'sid=secret',
          })
        : null,
    );
    const headers = [['Authorization', 'Bearer secret']] as const;
    const report = await check(checkArguments({ headers, server: 'flask' }), send);
    const json = reportJson({ paste: null, judged: null, report, exitCode: 1 });
    expect(JSON.parse(json)).toEqual({
      version: 1,
      exitCode: 1,
      verdict: 'blocked',
      check: 'HEADER',
      at: 'preflight',
      permission: null,
      message:
        "Access to fetch at 'https://api.example.com/orders/1' from origin 'https://app.example.com' has been blocked by CORS policy: Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.",
      cause:
        'Access-Control-Allow-Headers does not contain `authorization`: add it to `allowedHeaders`.',
      fix: {
        sentence: 'Add the header to `allowedHeaders`.',
        for: 'flask',
        code: FLASK,
      },
      change: { for: 'flask', title: 'Flask', why: null, code: FLASK, headers: null },
      request: {
        url: URL_ASKED,
        origin: PAGE,
        method: 'GET',
        headers: [['Authorization', '(not shown)']],
        credentials: false,
        browser: 'chromium',
      },
      steps: [
        {
          kind: 'preflight',
          why: 'A preflight is needed because of the request headers authorization.',
          request: {
            method: 'OPTIONS',
            url: URL_ASKED,
            headers: [
              ['Accept', '*/*'],
              ['Access-Control-Request-Method', 'GET'],
              ['Access-Control-Request-Headers', 'authorization'],
              ['Origin', PAGE],
            ],
          },
          response: {
            status: 204,
            headers: [
              ['Access-Control-Allow-Origin', PAGE],
              ['X-Odd', 'ü\u009b'],
              ['Set-Cookie', '(not shown)'],
            ],
          },
          check: 'HEADER',
        },
      ],
      warnings: [],
      exposed: [],
    });
    expect(json).toContain('"\\u00FC\\u009B"');
  });

  it('has no fix where nothing is wrong, and has the message where one was pasted', async () => {
    const { send } = fakeServer(() => response(200, { 'Access-Control-Allow-Origin': '*' }));
    const report = await check(checkArguments(), send);
    const paste = readPaste('Method X is not allowed by Access-Control-Allow-Methods.');
    const json: object = JSON.parse(reportJson({ paste, judged: null, report, exitCode: 0 }));
    expect(json).toEqual({
      ...json,
      verdict: 'allowed',
      check: null,
      at: null,
      permission: null,
      message: null,
      cause: null,
      fix: null,
      pasted: {
        browser: 'safari',
        checks: ['METHOD'],
        at: ['preflight'],
        values: { method: 'X' },
      },
    });
  });
});
