import { useEffect, useMemo, useState } from 'preact/hooks';
import type { HeaderLines } from '../../../browser/index.js';
import type { CorsQuestion } from '../../../explanation/explain-request.js';
import { isSerializedOrigin } from '../../../fetch/origins.js';
import type { CorsPolicyFile } from '../../../policy-file/policy-file.js';
import { withoutSecrets } from '../../../text/secrets.js';
import type { ApplicationAnswer } from '../../doors.js';
import { fragmentOf, type Values } from '../fragment.js';
import { headersOf } from '../inspect/question.js';
import { CodeBlock } from '../parts/code-block.js';
import { Explained } from './explained.js';
import { OriginBox } from './origin-box.js';
import { consoleSnippet, optionsOf, policyRows, samplePath, STANDINGS } from './policy-words.js';
import { type RouteRow, rowsOf } from './rows.js';
import { TryIt } from './try-it.js';

/** The application is asked once nobody types any more: it may ask a function of the user's. */
const ASK_AFTER = 150;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

interface RequestPageProps {
  readonly application: ApplicationAnswer;
  readonly values: Values;
  readonly setValues: (values: Values) => void;
}

/** A request, of a route or of any path: the policy, what a browser would make of it, and the real thing. */
export function RequestPage({ application, values, setValues }: RequestPageProps) {
  const { policy } = application;
  const row = useMemo(
    () => rowsOf(policy).find(({ id }) => id !== '' && id === values['route']) ?? null,
    [policy, values['route']],
  );
  const { origin = '' } = values;
  const method = values['method'] ?? (row === null || row.method === 'ALL' ? 'GET' : row.method);
  const url = values['path'] ?? (row === null ? '/' : samplePath(row.path));
  // As they were typed; the address keeps them without secrets.
  const [headers, setHeaders] = useState(values['headers'] ?? '');
  const credentials = values['cookies'] === '1';
  const set = (name: string, value: string) => setValues({ ...values, [name]: value });
  const lines = useMemo(() => headersOf(headers), [headers]);
  const question = useSettled(
    useMemo(
      () => questionOf(origin, method, url, lines, credentials),
      [origin, method, url, lines, credentials],
    ),
  );
  const methods = METHODS.includes(method) ? METHODS : [...METHODS, method];
  return (
    <div class="request-page">
      <p>
        <a href={fragmentOf({ view: 'routes', values: origin === '' ? {} : { origin } })}>
          ← All routes
        </a>
      </p>
      <h2 class="request-title">
        {row === null ? 'Any request' : `${row.method} ${row.path}`}
        {row?.handler !== null && row !== null && <span class="handler">{row.handler}</span>}
      </h2>
      <div class="inspect">
        <div class="asking">
          <div class="fields">
            <OriginBox policy={policy} origin={origin} onOrigin={(next) => set('origin', next)} />
            <div class="field">
              <label for="method">calls</label>
              <select
                id="method"
                value={method}
                onChange={({ currentTarget }) => set('method', currentTarget.value)}
              >
                {methods.map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="path">at</label>
              <input
                id="path"
                type="text"
                value={url}
                spellcheck={false}
                onInput={({ currentTarget }) => set('path', currentTarget.value)}
              />
            </div>
            <div class="field">
              <label for="headers">with the headers</label>
              <textarea
                id="headers"
                rows={3}
                value={headers}
                placeholder="content-type: application/json"
                spellcheck={false}
                onInput={({ currentTarget }) => {
                  setHeaders(currentTarget.value);
                  set('headers', blanked(currentTarget.value));
                }}
              />
            </div>
            <label class="check">
              <input
                type="checkbox"
                checked={credentials}
                onChange={({ currentTarget }) => set('cookies', currentTarget.checked ? '1' : '0')}
              />{' '}
              with cookies (<code>credentials: 'include'</code>)
            </label>
          </div>
        </div>
        <div class="answer">
          {question === null ? (
            <section class="verdict">
              <h2>Whose page?</h2>
              <p>Write the origin of a page, and see what a browser makes of its call.</p>
            </section>
          ) : (
            <>
              <Explained question={question} options={row && optionsOf(row.policy, policy)} />
              <TryIt question={question} headers={lines} />
              <section>
                <h2>From the page itself</h2>
                <CodeBlock
                  label={`For the console of a page of ${question.origin}`}
                  code={consoleSnippet({
                    url: publicUrl(url, application.path),
                    method,
                    headers: withoutSecrets(lines),
                    credentials,
                  })}
                />
              </section>
            </>
          )}
          {row !== null && <Policy row={row} policy={policy} />}
        </div>
      </div>
    </div>
  );
}

/** The effective policy, and where each option is written. */
function Policy({ row, policy }: { row: RouteRow; policy: CorsPolicyFile }) {
  const options = optionsOf(row.policy, policy);
  return (
    <section>
      <h2>Its policy</h2>
      {options === null ? (
        <p>
          {row.policy === false
            ? `${STANDINGS.off.text}: no browser shows a response to a page of another origin.`
            : 'CORS is left to the handler.'}
        </p>
      ) : (
        <table class="policy-table">
          <thead>
            <tr>
              <th scope="col">Option</th>
              <th scope="col">Value</th>
              <th scope="col">Written at</th>
            </tr>
          </thead>
          <tbody>
            {policyRows(options, policy.lists).map(({ option, value, declaredAt }) => (
              <tr key={option}>
                <th scope="row">
                  <code>{option}</code>
                </th>
                <td data-label="Value">{value}</td>
                <td data-label="Written at">
                  {declaredAt === 'default' ? 'nowhere: the default' : <code>{declaredAt}</code>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="quiet">
        Without a preflight a page may call here: {row.withoutPreflight ?? 'nothing'}.
      </p>
    </section>
  );
}

function questionOf(
  origin: string,
  method: string,
  url: string,
  headers: HeaderLines,
  credentials: boolean,
): CorsQuestion | null {
  if (!isSerializedOrigin(origin) || url === '') return null;
  // As behind TLS, where the page has it; the host is the one that this page was opened at.
  const scheme = origin.startsWith('https:') ? 'https' : 'http';
  const whole = URL.canParse(url) ? url : `${scheme}://${location.host}/${url.replace(/^\//, '')}`;
  return { origin, method, url: whole, headers: Object.fromEntries(headers), credentials };
}

/** A value, once it has been the same for a while; the first at once. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ASK_AFTER);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Each line of headers as it may stand in an address. */
function blanked(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [header] = headersOf(line);
      return header === undefined
        ? line
        : withoutSecrets([header]).map(([name, value]) => `${name}: ${value}`);
    })
    .join('\n');
}

/** Where a page reaches a path of the application, which may be behind the path of a proxy. */
function publicUrl(url: string, ownPath: string): string {
  const here = location.pathname.replace(/\/+$/, '');
  const base = here.endsWith(ownPath) ? here.slice(0, -ownPath.length) : '';
  return URL.canParse(url)
    ? url
    : `${location.origin}${base}${url.startsWith('/') ? '' : '/'}${url}`;
}
