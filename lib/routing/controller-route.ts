/** A route as Nest will register it, read off the controllers. */
export interface ControllerRoute {
  /** `GET`, `PUT`, … or `ALL`. */
  readonly method: string;
  readonly path: string;
  readonly controller: Function;
  readonly handler: string;
  /** The method itself, whose metadata Nest copies to what it registers. */
  readonly callback: object;
  readonly host: string | RegExp | readonly (string | RegExp)[] | undefined;
  /** Whether a version which no URL shows decides (header, media type, custom). */
  readonly versioned: boolean;
}
