import type { ComponentType } from 'preact';
import type { Door } from '../doors.js';
import type { Values } from './fragment.js';
import { usePlace } from './use-place.js';

/** What a view is given: what the address keeps for it, and how to change that. */
export interface ViewProps {
  readonly door: Door;
  readonly values: Values;
  readonly setValues: (values: Values) => void;
}

/** A tab of the page. */
export interface View {
  /** Its name in the address. */
  readonly id: string;
  readonly title: string;
  /** Where it is there. */
  readonly doors: readonly Door[];
  readonly Content: ComponentType<ViewProps>;
}

/** The frame around the views: a title, and tabs where there is more than one. */
export function Shell({ views, door }: { views: readonly View[]; door: Door }) {
  const [place, setPlace] = usePlace();
  const here = views.filter(({ doors }) => doors.includes(door));
  const view = here.find(({ id }) => id === place.view) ?? here[0];
  if (view === undefined) return null;
  const { id, Content } = view;
  return (
    <>
      <header class="top">
        <h1>
          <Mark /> CORS inspector
        </h1>
        {here.length > 1 && (
          <nav aria-label="Views">
            {here.map((one) => (
              <a
                key={one.id}
                href={`#${one.id}`}
                {...(one === view && { 'aria-current': 'page' as const })}
              >
                {one.title}
              </a>
            ))}
          </nav>
        )}
      </header>
      <main>
        <Content
          key={id}
          door={door}
          values={place.values}
          setValues={(values) => setPlace({ view: id, values })}
        />
      </main>
    </>
  );
}

/** Two origins, and what is between them. */
function Mark() {
  return (
    <svg class="mark" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
      <circle cx="10" cy="14" r="7.5" />
      <circle cx="18" cy="14" r="7.5" />
    </svg>
  );
}
