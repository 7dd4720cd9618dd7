import type { Actor, Arrow } from './sequence.js';

/** Where the line of each actor stands, in percent of the width. */
const PLACES: Readonly<Record<Actor, number>> = { page: 9, browser: 41, server: 91 };
const TITLES: Readonly<Record<Actor, string>> = {
  page: 'Page',
  browser: 'Browser',
  server: 'Server',
};
const ACTORS = ['page', 'browser', 'server'] as const;
const TOP = 44;
const ROW = 54;
/** As many characters as an arrow has room for: between browser and server, and between page and browser. */
const ROOM = {
  wide: { far: 46, near: 27 },
  narrow: { far: 22, near: 15 },
} as const;

/** Who says what to whom, with the step that failed marked. The words are also there as text. */
export function SequencePicture({ arrows }: { arrows: readonly Arrow[] }) {
  const height = TOP + arrows.length * ROW + 14;
  return (
    <svg
      class="sequence"
      width="100%"
      height={height}
      role="img"
      aria-labelledby="sequence-title sequence-text"
    >
      <title id="sequence-title">What page, browser and server say to each other</title>
      <desc id="sequence-text">{arrows.map(inWords).join(' ')}</desc>
      <defs>
        {['plain', 'passed', 'failed', 'guessed'].map((look) => (
          <marker
            key={look}
            id={`head-${look}`}
            class={look}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto"
          >
            <path d="M0 0.5 L7.5 4 L0 7.5 Z" />
          </marker>
        ))}
      </defs>
      {ACTORS.map((actor) => (
        <g key={actor} class="actor">
          <line x1={`${PLACES[actor]}%`} x2={`${PLACES[actor]}%`} y1={30} y2={height - 4} />
          <text x={`${PLACES[actor]}%`} y={18} text-anchor="middle">
            {TITLES[actor]}
          </text>
        </g>
      ))}
      {arrows.map((arrow, index) => (
        <ArrowRow key={index} arrow={arrow} y={TOP + index * ROW + 24} />
      ))}
    </svg>
  );
}

function ArrowRow({ arrow: { from, to, label, note, look }, y }: { arrow: Arrow; y: number }) {
  const [start, end] = [PLACES[from], PLACES[to]];
  const middle = (start + end) / 2;
  const room = from === 'page' || to === 'page' ? 'near' : 'far';
  return (
    <g class={`arrow ${look}`}>
      {look === 'failed' && (
        <rect
          x={`${Math.min(start, end)}%`}
          y={y - 23}
          width={`${Math.abs(end - start)}%`}
          height={44}
        />
      )}
      <line x1={`${start}%`} x2={`${end}%`} y1={y} y2={y} marker-end={`url(#head-${look})`} />
      {(['wide', 'narrow'] as const).map((width) => (
        <g key={width} class={width}>
          <text x={`${middle}%`} y={y - 7} text-anchor="middle">
            {fitting(markOf(look) + label, ROOM[width][room], width)}
          </text>
          {note !== null && (
            <text class="note" x={`${middle}%`} y={y + 15} text-anchor="middle">
              {fitting(note, ROOM[width][room] + 2, width)}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

/** Colour alone says nothing to everybody. */
function markOf(look: Arrow['look']): string {
  return { plain: '', guessed: '', passed: '✓ ', failed: '✗ ' }[look];
}

function fitting(text: string, room: number, width: 'wide' | 'narrow'): string {
  const short = width === 'narrow' ? text.replaceAll(/Access-Control-/gi, '…-') : text;
  return short.length > room ? `${short.slice(0, room - 1)}…` : short;
}

const LOOKS: Readonly<Record<Arrow['look'], string>> = {
  plain: '',
  passed: ' (passes)',
  failed: ' (fails)',
  guessed: ' (not seen)',
};

function inWords({ from, to, label, note, look }: Arrow): string {
  return `${TITLES[from]} to ${TITLES[to].toLowerCase()}: ${label}${note === null ? '' : `, ${note}`}${LOOKS[look]}.`;
}
