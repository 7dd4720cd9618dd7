import { useEffect } from 'preact/hooks';
import type { SeenRefusal } from '../../doors.js';
import { fragmentOf } from '../fragment.js';
import { Words } from '../parts/words.js';
import { NOTHING, useAsked } from './use-application.js';
import './application.css';

/** The last requests that were not allowed, each with why, and what to change. */
export function Refusals() {
  const { answer, problem, again } = useAsked('refusals', NOTHING);
  useEffect(() => {
    addEventListener('focus', again);
    return () => removeEventListener('focus', again);
  }, [again]);
  const refusals = answer?.refusals ?? [];
  return (
    <section class="refusals">
      <div class="heading">
        <h2>Requests that were not allowed</h2>
        <button type="button" onClick={again}>
          Refresh
        </button>
      </div>
      <p class="quiet" role="status">
        {answer !== null &&
          (refusals.length === 0
            ? 'None since the application has started. Call it from a page, and come back.'
            : `The last ${refusals.length} since the application has started, the latest first; at most ${answer.limit} are kept.`)}
      </p>
      <p class="problem-line" role="alert">
        {problem !== null && <Words>{problem}</Words>}
      </p>
      <ul class="notes">
        {refusals.map((refusal) => (
          <li key={keyOf(refusal)}>
            <Refusal refusal={refusal} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Refusal({ refusal }: { refusal: SeenRefusal }) {
  const { outcome, preflight, times, at, sentence } = refusal;
  return (
    <>
      <p class="quiet">
        <b>{outcome}</b>
        {preflight ? 'A preflight' : 'A response'}
        {times > 1 && `, ${times} times`},{' '}
        <time datetime={new Date(at).toISOString()}>{new Date(at).toLocaleTimeString()}</time>
      </p>
      <p>
        <Words>{sentence}</Words>
      </p>
      <p>
        <a href={linkTo(refusal)}>Explain it</a>
      </p>
    </>
  );
}

function keyOf({ outcome, origin, method, path, preflight, requestHeaders }: SeenRefusal): string {
  return JSON.stringify([outcome, origin, method, path, preflight, requestHeaders]);
}

/** The same request, to be explained and tried. */
function linkTo({ origin, method, path, requestHeaders }: SeenRefusal): string {
  const headers = (requestHeaders ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    // Which value it had is not known, and matters for one of them alone.
    .map((name) => `${name}: ${name === 'content-type' ? 'application/json' : '1'}`)
    .join('\n');
  const values = { origin, method, path, ...(headers !== '' && { headers }) };
  return fragmentOf({ view: 'routes', values });
}
