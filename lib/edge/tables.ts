import type { Expression } from './expression.js';

/**
 * A policy as tables that no server is named in:
 *
 * - method and path → cell ({@link EdgeTables.places});
 * - cell, kind of request and the origin rules that hold → answer ({@link Cell});
 * - answer → headers ({@link EdgeAnswer}).
 */
export interface EdgeTables {
  /**
   * What the application is mounted below at the edge, such as `/api`; empty: nothing. Paths are those
   * behind it, and whatever is not below it is none of the application's.
   */
  readonly basePath: string;
  /** How the path of a request target is read. */
  readonly reading: PathReading;
  /** Tried before all places, in their order: paths that a router does not read as they are written. */
  readonly guards: readonly Guard[];
  /**
   * Paths that servers read in several ways, such as `/a%2Fb`: they have the odd cells of their place.
   * Undefined: they make no difference.
   */
  readonly odd: Expression | undefined;
  /**
   * Paths with escapes that no browser makes, which the router decodes first: they are compared with the
   * `escapedPath` of places. Undefined: there are none.
   */
  readonly escapes: Expression | undefined;
  /** The most specific first: the first whose path matches has the cell. */
  readonly places: readonly Place[];
  /** For any other path. */
  readonly elsewhere: PlaceCells;
  /** By their ids, `c0` and so on. */
  readonly cells: readonly Cell[];
  /** By their numbers. */
  readonly rules: readonly EdgeOriginRule[];
  /** By their ids, `a0` and so on. */
  readonly answers: readonly EdgeAnswer[];
}

/** How the application's router reads the path of a request target. */
export interface PathReading {
  /** Whether the letter case of ASCII makes a difference. */
  readonly caseSensitive: boolean;
  /** What ends a path: `?`, `#`, and on Fastify perhaps `;`. */
  readonly delimiters: string;
}

/** Paths that have a cell of their own, whatever they are. */
export interface Guard {
  /** What they are, in a few words: a comment of the configuration. */
  readonly comment: string;
  /** Compared with the path behind the base path. */
  readonly path: Expression;
  /** Whether all of them have an escape. */
  readonly hasEscape: boolean;
  readonly cells: CellsByMethod;
}

/** A region of paths, with what holds there. */
export interface Place extends PlaceCells {
  /** `/orders/:id`: a comment of the configuration. */
  readonly comment: string;
  /**
   * The only paths in it, if there are a few. Where letter case makes no difference, in any case;
   * otherwise without capital letters.
   */
  readonly literals: readonly string[] | undefined;
  /**
   * The segments that all of its paths begin with, as `/api/orders`; empty: none. Letter case as for
   * `literals`. Places with longer prefixes come first.
   */
  readonly prefix: string;
  /** Anchored at both ends; compared with the path behind the base path. */
  readonly path: Expression;
  /** The same with any of its characters escaped; undefined: nobody decodes them. */
  readonly escapedPath: Expression | undefined;
}

/** What holds at a place. */
export interface PlaceCells {
  readonly cells: CellsByMethod;
  /** For the odd paths among them; undefined: the same. */
  readonly oddCells: CellsByMethod | undefined;
}

/** The ids of cells by method. In a preflight, the method is the requested one. */
export interface CellsByMethod {
  readonly byMethod: ReadonlyMap<string, string>;
  /** For any other method. */
  readonly other: string;
}

/** What is answered at a place to a method. */
export interface Cell {
  readonly id: string;
  /** Undefined: preflights are left to the application. */
  readonly preflight: Decision | undefined;
  /**
   * The id of the answer to a preflight whose `Origin` is longer than 512 bytes, or whose
   * `Access-Control-Request-Headers` cannot be read.
   */
  readonly malformed: string | undefined;
  /** Undefined: no header of the response is touched. */
  readonly response: Decision | undefined;
}

/**
 * Which answer is given, by which origin rules hold for `Origin`. None does where there is no `Origin`,
 * or one that no browser would send.
 */
export interface Decision {
  /** The numbers of the rules it depends on. */
  readonly rules: readonly number[];
  /** The ids of the answers, by a digit for each of these rules: `10` where the first alone holds. */
  readonly answers: ReadonlyMap<string, string>;
}

/** A list of origins. */
export interface EdgeOriginRule {
  /** Where it is written: `forRoot()`. A comment of the configuration. */
  readonly comment: string;
  readonly exact: readonly string[];
  readonly expressions: readonly OriginExpression[];
}

/** A pattern or a RegExp of a list. */
export interface OriginExpression {
  /** As it is written in the application. */
  readonly written: string;
  /** Anchored at both ends; compared with a serialised origin. */
  readonly origin: Expression;
}

/** What a response says. */
export interface EdgeAnswer {
  readonly id: string;
  /** Of the answer to a preflight; undefined: it is the response to another request. */
  readonly status: 204 | 403 | undefined;
  /** `Access-Control-Allow-Origin`: `*`, or the very `Origin` of the request. */
  readonly allowOrigin: '*' | 'origin' | undefined;
  /** `Access-Control-Allow-Credentials: true`. */
  readonly credentials: boolean;
  /** `Access-Control-Expose-Headers`. */
  readonly exposeHeaders: string | undefined;
  /** `Timing-Allow-Origin`: undefined leaves that of the upstream alone. */
  readonly timingAllowOrigin: '*' | 'origin' | undefined;
  /** `Access-Control-Allow-Methods`. */
  readonly allowMethods: AnnouncedNames;
  /** `Access-Control-Allow-Headers`. */
  readonly allowHeaders: AnnouncedNames;
  /** `Access-Control-Max-Age`. */
  readonly maxAge: number | undefined;
  /** `Vary: Origin`. */
  readonly varyByOrigin: boolean;
}

/** The members of a list; there is no header where there are none. */
export interface AnnouncedNames {
  readonly names: readonly string[];
  /**
   * Whether what was asked for comes after them: of methods, if it may be announced; of headers, without
   * a member `*`.
   */
  readonly requested: boolean;
}
