/** What is wrong with a class as `origin`; only dependency injection can tell. */
export type ResolverFault =
  /** A class without `@Injectable()`. */
  | 'resolver-not-injectable'
  /** A class that no module provides. */
  | 'resolver-not-provided'
  /** A class that is request-scoped or transient. */
  | 'resolver-not-singleton';
