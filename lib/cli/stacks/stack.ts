import type { Setting } from './setting.js';

/** A kind of server, and how changes are written for it: lines of code and comments. */
export interface Stack {
  /** What it is called in a sentence. */
  readonly title: string;
  /** Where a setting goes. */
  setting(setting: Setting): readonly string[];
  /** How `OPTIONS` gets answered before authentication, routing and redirects. */
  readonly preflight: readonly string[];
  /** How one of two layers is told to be silent. */
  readonly oneLayer: readonly string[];
}
