import { browserTitles } from '../../../browser/simulation.js';
import { ONLY_THEY } from '../../../diagnosis/other-server.js';
import type { Proof } from '../../../diagnosis/proof.js';
import { SERVER_NAMES, type ServerName, serverKind } from '../../../diagnosis/servers/servers.js';
import { CodeBlock } from '../parts/code-block.js';
import { Words } from '../parts/words.js';
import type { Change } from '../../../diagnosis/servers/change.js';
import type { Inspection } from './inspection.js';

interface RemedyProps {
  readonly inspection: Inspection;
  readonly isMine: boolean;
  /** The server that was chosen; empty where the responses say it. */
  readonly server: string;
  readonly onServer: (server: string) => void;
}

/** The change that lets the request through, and the proof that it does. */
export function Remedy({ inspection, isMine, server, onServer }: RemedyProps) {
  const { change, proof, report, outcome } = inspection;
  if (!isMine && outcome !== 'allowed')
    return <NotMine host={new URL(report.request.url).hostname} />;
  if (change === null) return null;
  const isPage = change.for === 'page';
  return (
    <section>
      <div class="heading">
        <h2>{isPage ? 'The change, in the page' : 'The change'}</h2>
        {!isPage && (
          <label class="server">
            Server
            <select value={server} onChange={({ currentTarget }) => onServer(currentTarget.value)}>
              <option value="">{unchosen(server, change)}</option>
              {SERVER_NAMES.toSorted(byTitle).map((name) => (
                <option key={name} value={name}>
                  {serverKind(name).title}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {inspection.basis === 'request' && (
        <p>If the server has no CORS for this page yet, this is what lets it pass.</p>
      )}
      {change.why !== null && (
        <p>
          <Words>{change.why}</Words>
        </p>
      )}
      <CodeBlock
        label={isPage ? 'In the page' : `Written for ${change.title}`}
        code={change.code.join('\n')}
      />
      {change.headers !== null && (
        <p>
          <Words>{change.headers}</Words>
        </p>
      )}
      {change.for !== 'page' && <Source server={change.for} />}
      <ProofRows proof={proof} isPage={isPage} />
    </section>
  );
}

/** What is taken where no server was chosen. */
function unchosen(server: string, { title, headers }: Change): string {
  if (server !== '') return 'As the response shows';
  return headers === null ? `${title}, as the response shows` : 'Not recognised';
}

function byTitle(one: ServerName, other: ServerName): number {
  return serverKind(one).title.localeCompare(serverKind(other).title, 'en');
}

function Source({ server }: { server: ServerName }) {
  const { versions, documentation } = serverKind(server);
  // That of this library is not on the web.
  if (!documentation.startsWith('https:')) return null;
  return (
    <p class="quiet">
      For {versions}. <a href={documentation}>Its documentation</a>
    </p>
  );
}

function ProofRows({ proof, isPage }: { proof: Proof | null; isPage: boolean }) {
  if (proof === null) {
    return (
      <p class="proof-none">
        {isPage
          ? 'What the other address answers was not seen, so there is no proof: paste its response as well.'
          : 'There is no proof of this one.'}
      </p>
    );
  }
  return (
    <div class={proof.isAllowed ? 'proof passed' : 'proof failed'}>
      <h3>{proof.sentence}</h3>
      <ul>
        {proof.browsers.map(({ browser, isAllowed, failedCheck, cause }) => (
          <li key={browser} class={isAllowed ? 'passed' : 'failed'}>
            <b>
              {isAllowed ? '✓' : '✗'} {browserTitles[browser]}
            </b>{' '}
            {isAllowed ? 'allowed' : <code>{failedCheck}</code>}
            {cause !== null && (
              <p>
                <Words>{cause}</Words>
              </p>
            )}
          </li>
        ))}
      </ul>
      <p class="quiet">The same exchange, simulated once more with the change made.</p>
    </div>
  );
}

function NotMine({ host }: { host: string }) {
  return (
    <section>
      <h2>What you can do</h2>
      <p>
        <Words>{`\`${host}\` is somebody else's server: ${ONLY_THEY}`}</Words>
      </p>
    </section>
  );
}
