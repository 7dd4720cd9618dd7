/** Where the tool writes to. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Characters in a line. */
  readonly width: number;
  readonly colour: boolean;
}
