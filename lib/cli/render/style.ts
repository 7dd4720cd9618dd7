/** What text may look like. */
export type Look = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

const CODES: Readonly<Record<Look, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

/** Gives a text a look; the plain one, on a terminal without colours, leaves it as it is. */
export type Style = (look: Look, text: string) => string;

/** The style of a terminal. */
export function styleFor(colour: boolean): Style {
  return (look, text) => {
    const [on, off] = CODES[look];
    return colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
}
