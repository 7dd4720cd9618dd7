type Written = Readonly<Record<string, unknown>>;

/** What `CorsService.update()` was given since the boot: of several for one policy, the options of all. */
export interface WrittenUpdates {
  readonly global: Written;
  readonly policies: ReadonlyMap<string, Written>;
}
