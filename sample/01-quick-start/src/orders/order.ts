export interface Order {
  readonly id: number;
  readonly item: string;
  /** Counts the updates. */
  readonly version: number;
}
