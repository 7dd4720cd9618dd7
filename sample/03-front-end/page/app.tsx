import { useEffect, useState } from 'react';
import { CallCard } from './call-card.js';
import type { CallResult } from './call-result.js';
import { makeCall } from './make-call.js';
import { PAGE_CALLS } from './page-calls.js';
import { WAYS } from './ways.js';
import { WaySwitch } from './way-switch.js';

/** The results so far, by way and call. */
type Results = Readonly<Record<string, CallResult>>;

/** Calls every route the way that is switched on, and keeps what came of the other. */
export function App() {
  const [way, setWay] = useState(WAYS[0]);
  const [results, setResults] = useState<Results>({});

  useEffect(() => {
    let current = true;
    const callAll = async () => {
      for (const call of PAGE_CALLS) {
        // One at a time, as the network panel then shows them in this order.
        // oxlint-disable-next-line no-await-in-loop
        const result = await makeCall(call, way);
        if (!current) return;
        setResults((others) => ({ ...others, [`${way.id} ${call.id}`]: result }));
      }
    };
    void callAll();
    return () => {
      current = false;
    };
  }, [way]);

  return (
    <>
      <header>
        <h1>One API, two ways to call it</h1>
        <p>
          This page is on <code>{location.origin}</code>, the API on{' '}
          <code>{import.meta.env.VITE_API_URL}</code>.
        </p>
        <WaySwitch way={way} onChange={setWay} />
        <p className="explanation">
          {way.explanation} {WAYS.length > 1 && 'What differs between the two is marked.'}
        </p>
      </header>
      <main>
        {PAGE_CALLS.map((call) => (
          <CallCard
            key={call.id}
            call={call}
            way={way}
            results={WAYS.map(({ id }) => results[`${id} ${call.id}`])}
          />
        ))}
      </main>
    </>
  );
}
