import type { SourcedOptions } from '../options/sourced-options.js';
import type { ExplainedOption } from './cors-explanation.js';

/** What holds for an option that nobody wrote. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  methods: 'the methods mapped at the path',
  allowedHeaders: '*',
  exposedHeaders: [],
  credentials: false,
  maxAge: 600,
  timingAllowOrigin: false,
};

/** An effective policy, option by option, each with the place it comes from. */
export function explainPolicy(
  sources: SourcedOptions | false,
): Readonly<Record<string, ExplainedOption>> | false {
  if (sources === false) return false;
  const explained: Record<string, ExplainedOption> = {};
  for (const [name, value] of Object.entries({ origin: undefined, ...DEFAULTS })) {
    explained[name] = { value, from: 'default' };
  }
  for (const [name, option] of Object.entries(sources)) {
    if (option !== undefined) explained[name] = { value: option.value, from: option.source };
  }
  return explained;
}
