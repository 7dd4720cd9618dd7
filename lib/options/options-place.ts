/** A place where options are written. */
export interface OptionsPlace {
  /** `forRoot()`, `forRoot().policies.public`, `@Cors() on OrdersController.update`. */
  readonly source: string;
  /** Which decides on the options that it takes besides those of a policy. */
  readonly kind: 'root' | 'policy' | 'override';
  /** How near to the handler: 0 for `forRoot()`, and so on up to the method. */
  readonly nearness: number;
}
