import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { BROWSER_NAMES, browserTitles } from '../../../browser/simulation.js';
import type { HeaderLines } from '../../../browser/index.js';
import { blankSecrets } from '../../../text/secrets.js';
import {
  type Fact,
  headersOf,
  headersText,
  type Question,
  type Setting,
  type Source,
} from './question.js';

interface FactsProps {
  readonly question: Question;
  readonly set: (name: Setting, value: string) => void;
}

const SOURCES: Readonly<Record<Source, string>> = {
  paste: 'from the paste',
  assumed: 'assumed',
  set: 'set here',
};

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What was recognised and what is assumed, to be changed. */
export function Facts({ question, set }: FactsProps) {
  const { request, from, isMine } = question;
  const { url, origin, method, headers, credentials, browser } = request;
  const methods = METHODS.includes(method) ? METHODS : [...METHODS, method];
  const [isOpen] = useState(() => matchMedia('(min-width: 860px)').matches);
  return (
    <details class="facts" open={isOpen}>
      <summary>
        <h2>What is asked</h2>
      </summary>
      <div class="fields">
        <Field name="url" title="Address" from={from}>
          <Text
            id="url"
            value={from.url === 'set' ? url : blankSecrets(url, 'not-shown')}
            onValue={(value) => set('url', value)}
          />
        </Field>
        <Field name="origin" title="Page" from={from}>
          <Text id="origin" value={origin} onValue={(value) => set('origin', value)} />
        </Field>
        <Field name="method" title="Method" from={from}>
          <select
            id="method"
            value={method}
            onChange={({ currentTarget }) => set('method', currentTarget.value)}
          >
            {methods.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </Field>
        <HeaderToggles
          headers={headers}
          from={from.headers}
          onHeaders={(lines) => set('headers', headersText(lines))}
        />
        <fieldset>
          <Legend title="Cookies" from={from.cookies} />
          <Choice
            name="cookies"
            value={credentials ? '1' : '0'}
            choices={[
              ['1', 'Sent'],
              ['0', 'Not sent'],
            ]}
            onValue={(value) => set('cookies', value)}
          />
        </fieldset>
        <fieldset>
          <Legend title="Browser" from={from.browser} />
          <Choice
            name="browser"
            value={browser}
            choices={BROWSER_NAMES.map((name) => [name, browserTitles[name]] as const)}
            onValue={(value) => set('browser', value)}
          />
        </fieldset>
        <fieldset>
          <legend>Is it your server?</legend>
          <Choice
            name="mine"
            value={isMine ? 'yes' : 'no'}
            choices={[
              ['yes', 'Yes'],
              ['no', 'No'],
            ]}
            onValue={(value) => set('mine', value)}
          />
        </fieldset>
      </div>
    </details>
  );
}

function Field({
  name,
  title,
  from,
  children,
}: {
  name: Fact;
  title: string;
  from: Question['from'];
  children: ComponentChildren;
}) {
  return (
    <div class="field">
      <label for={name}>
        {title} <Origin from={from[name]} />
      </label>
      {children}
    </div>
  );
}

function Legend({ title, from }: { title: string; from: Source }) {
  return (
    <legend>
      {title} <Origin from={from} />
    </legend>
  );
}

function Origin({ from }: { from: Source }) {
  return <span class={`source ${from}`}>{SOURCES[from]}</span>;
}

function Text({
  id,
  value,
  onValue,
}: {
  id: string;
  value: string;
  onValue: (value: string) => void;
}) {
  return (
    <input
      id={id}
      type="text"
      inputMode="url"
      spellcheck={false}
      autocomplete="off"
      autocapitalize="off"
      value={value}
      onInput={({ currentTarget }) => onValue(currentTarget.value)}
    />
  );
}

/** One of a few, beside each other. */
export function Choice({
  name,
  value,
  choices,
  onValue,
}: {
  name: string;
  value: string;
  choices: readonly (readonly [value: string, title: string])[];
  onValue: (value: string) => void;
}) {
  return (
    <div class="choice">
      {choices.map(([one, title]) => (
        <label key={one}>
          <input
            type="radio"
            name={name}
            value={one}
            checked={one === value}
            onChange={() => onValue(one)}
          />
          <span>{title}</span>
        </label>
      ))}
    </div>
  );
}

/** What pages set most often, and what then needs a preflight. */
const USUAL: HeaderLines = [
  ['content-type', 'application/json'],
  ['authorization', 'Bearer …'],
];

function HeaderToggles({
  headers,
  from,
  onHeaders,
}: {
  headers: HeaderLines;
  from: Source;
  onHeaders: (headers: HeaderLines) => void;
}) {
  // Those that were switched off stay there, to be switched on again.
  const [seen, setSeen] = useState<HeaderLines>([]);
  const [line, setLine] = useState('');
  const names = new Set<string>();
  const known = [...headers, ...seen, ...USUAL].filter(([name]) => {
    const lower = name.toLowerCase();
    return names.has(lower) ? false : Boolean(names.add(lower));
  });
  const isOn = (name: string) => headers.some(([one]) => one.toLowerCase() === name.toLowerCase());
  const added = headersOf(line.includes(':') ? line : `${line}: 1`);
  const add = () => {
    const [first] = added;
    if (first === undefined) return;
    onHeaders([
      ...headers.filter(([name]) => name.toLowerCase() !== first[0].toLowerCase()),
      first,
    ]);
    setLine('');
  };
  return (
    <fieldset>
      <Legend title="Headers that the page sets" from={from} />
      <div class="checks">
        {known.map(([name, value]) => (
          <label key={name.toLowerCase()}>
            <input
              type="checkbox"
              checked={isOn(name)}
              onChange={({ currentTarget }) => {
                setSeen(known);
                const others = headers.filter(([one]) => one.toLowerCase() !== name.toLowerCase());
                onHeaders(currentTarget.checked ? [...others, [name, value]] : others);
              }}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
      <form
        class="add"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input
          type="text"
          aria-label="Another header"
          placeholder="x-tenant: a"
          spellcheck={false}
          autocomplete="off"
          value={line}
          onInput={({ currentTarget }) => setLine(currentTarget.value)}
        />
        <button type="submit" disabled={added.length === 0}>
          Add
        </button>
      </form>
    </fieldset>
  );
}
