/**
 * The names of an application's policies, for completion and compile errors. Empty until the
 * application declares them; then no other name compiles, and `forRoot()` must define each one.
 *
 * @example permitted
 * declare module 'nestjs-cors' {
 *   interface CorsPolicyNames { public: true; partner: true }
 * }
 */
// Filled by declaration merging.
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type
export interface CorsPolicyNames {}

/** A name of `forRoot({ policies })`: any string until `CorsPolicyNames` declares some. */
export type CorsPolicyName = [keyof CorsPolicyNames] extends [never]
  ? string
  : Extract<keyof CorsPolicyNames, string>;
