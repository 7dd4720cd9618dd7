import type { ViewProps } from '../shell.js';

/** Takes a paste, and says what a browser makes of it. */
export function Inspect({ values, setValues }: ViewProps) {
  return (
    <label>
      Paste
      <textarea
        value={values['paste'] ?? ''}
        onInput={({ currentTarget }) => setValues({ ...values, paste: currentTarget.value })}
      />
    </label>
  );
}
