import { PAGE_REQUESTS } from './page-requests.js';
import type { PageSettings } from './page-settings.js';

/** The script of the page, as plain JavaScript: browsers run it as it stands. */
export function pageScript(settings: PageSettings): string {
  return `'use strict';
const sample = ${JSON.stringify({ ...settings, requests: PAGE_REQUESTS })};
${SCRIPT}`;
}

const SCRIPT = String.raw`
const byId = (id) => document.getElementById(id);
const listed = sample.corsOrigins.includes(location.origin);
const run = byId('run');

byId('origin').textContent = location.origin;
byId('listed').dataset.verdict = listed ? 'allowed' : 'refused';
byId('listed').textContent = listed ? 'is in CORS_ORIGINS' : 'is not in CORS_ORIGINS';

const other = new URL(location.href);
other.hostname = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
byId('other').href = other.href;
byId('other').textContent = 'Open this page as ' + other.origin + ', another origin';

run.addEventListener('click', runAll);
runAll();

async function runAll() {
  run.disabled = true;
  byId('summary').textContent = 'Sending the requests …';
  const results = [];
  for (const request of sample.requests) results.push(await runOne(request));
  const count = (verdict) => results.filter((result) => result.verdict === verdict).length;
  const unexpected = results.filter((result) => !result.expected).length;
  byId('summary').textContent = [
    count('allowed') + ' allowed',
    count('refused') + ' refused by the browser',
    ...(count('failed') > 0 ? [count('failed') + ' failed'] : []),
    unexpected === 0 ? 'all as expected' : unexpected + ' not as expected',
  ].join(', ') + '.';
  run.disabled = false;
}

async function runOne(request) {
  const row = byId(request.id);
  const part = (name) => row.querySelector('.' + name);
  const expectation = listed ? request.fromAllowedOrigin : request.fromAnotherOrigin;
  part('expected').textContent = 'Expected: ' + expectation.verdict + '. ' + expectation.why;
  row.dataset.verdict = 'running';
  part('verdict').textContent = 'running';
  part('why').replaceChildren();

  const seen = await call(request);
  const answers = await ask(request);
  // fetch reports a refusal and a server that is down in the same way: only the page's server can tell.
  const verdict = answers.failure ? 'failed' : seen.verdict;
  const expected = verdict === expectation.verdict;
  row.dataset.verdict = verdict;
  part('read').textContent = seen.text;
  part('answered').textContent = answers.text;
  if (verdict === 'refused') part('why').replaceChildren(...inspectorLink(request));
  part('verdict').textContent = {
    allowed: '\u2713 allowed',
    refused: '\u2715 refused by the browser',
    failed: '? no response',
  }[verdict] + (expected ? '' : ', not as expected');
  return { verdict, expected };
}

// The inspector of the API is on another origin: a link may lead there, a call may not.
function inspectorLink({ method, path, headers, credentials }) {
  if (sample.inspectorUrl === null) return [];
  const asked = new URLSearchParams({
    origin: location.origin,
    method,
    path,
    headers: Object.entries(headers).map((header) => header.join(': ')).join('\n'),
    cookies: credentials === 'include' ? '1' : '0',
  });
  const link = document.createElement('a');
  link.href = sample.inspectorUrl + '#routes?' + asked;
  link.textContent = 'Ask the inspector why';
  return [link];
}

async function call({ method, path, headers, body, credentials }) {
  try {
    const response = await fetch(sample.apiUrl + path, { method, headers, body, credentials });
    const lines = [...response.headers].map(([name, value]) => name + ': ' + value);
    const answered = spaced(await response.text());
    const text = [response.status + ' ' + response.statusText, ...lines, '', answered];
    return { verdict: 'allowed', text: text.join('\n') };
  } catch (error) {
    const why = '\n\nNo status, no header, no body. To find out why:\n\n';
    return { verdict: 'refused', text: error + why + checkCommand(method, path, headers, credentials) };
  }
}

// Each line ends with a backslash: a shell takes them as one command.
function checkCommand(method, path, headers, credentials) {
  return [
    'npx nestjs-cors check ' + sample.apiUrl + path,
    '--origin ' + location.origin,
    '--method ' + method,
    ...Object.entries(headers).map(([name, value]) => "--header '" + name + ': ' + value + "'"),
    ...(credentials === 'include' ? ['--credentials'] : []),
  ].join(' \\\n  ');
}

// JSON has no spaces, and without them lines would break within words.
function spaced(json) {
  return json.replaceAll(',"', ', "').replaceAll('},{', '},\n {');
}

async function ask({ id, method, path }) {
  try {
    const response = await fetch('ask/' + id);
    if (!response.ok) return { failure: true, text: await response.text() };
    const { preflight, response: answer, once } = await response.json();
    const steps = preflight === null
      ? [print(method + ' ' + path, answer)]
      : [print('1. OPTIONS ' + path, preflight), print('2. ' + method + ' ' + path, answer, once)];
    return { failure: false, text: steps.join('\n\n') };
  } catch (error) {
    return { failure: true, text: 'The server of this page does not respond: ' + error };
  }
}

function print(what, answer, once) {
  if (once) return what + ': sent once, by your browser alone: each one creates an order';
  if (answer === null) return what + ': not sent';
  const lines = answer.headers.map(([name, value]) => '   ' + name + ': ' + value);
  if (lines.length === 0) lines.push('   no CORS header');
  return [what + ' \u2192 ' + answer.status, ...lines].join('\n');
}
`;
