import { useMemo } from 'preact/hooks';
import type { ApplicationAnswer } from '../../doors.js';
import { Words } from '../parts/words.js';
import type { ViewProps } from '../shell.js';
import { OriginBox } from './origin-box.js';
import { RequestPage } from './request-page.js';
import { RouteTable } from './route-table.js';
import { rowsOf } from './rows.js';
import { useApplication, useStates } from './use-application.js';
import './application.css';

/** Who may call what: every route with its policy, or one of them. */
export function Routes({ values, setValues }: ViewProps) {
  const { answer, problem, again } = useApplication();
  if (answer === null) {
    return (
      <p class="loading" role={problem === null ? 'status' : 'alert'}>
        {problem === null ? 'Asking the application…' : <Words>{problem}</Words>}
        {problem !== null && (
          <button type="button" onClick={again}>
            Ask again
          </button>
        )}
      </p>
    );
  }
  const isOne = values['route'] !== undefined || values['path'] !== undefined;
  return isOne ? (
    <RequestPage application={answer} values={values} setValues={setValues} />
  ) : (
    <All application={answer} values={values} setValues={setValues} />
  );
}

function All({
  application,
  values,
  setValues,
}: Pick<ViewProps, 'values' | 'setValues'> & { application: ApplicationAnswer }) {
  const { origin = '', find = '' } = values;
  const states = useStates(origin, application);
  const rows = useMemo(() => rowsOf(application.policy), [application]);
  return (
    <div class="routes">
      <div class="routes-head">
        <OriginBox
          policy={application.policy}
          origin={origin}
          onOrigin={(next) => setValues({ ...values, origin: next })}
        />
        <div class="field">
          <label for="find">Find a route</label>
          <input
            id="find"
            type="text"
            value={find}
            placeholder="orders"
            onInput={({ currentTarget }) => setValues({ ...values, find: currentTarget.value })}
          />
        </div>
      </div>
      <RouteTable
        rows={rows}
        policy={application.policy}
        states={states}
        origin={origin}
        find={find}
      />
    </div>
  );
}
