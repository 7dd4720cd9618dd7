import { useMemo } from 'preact/hooks';
import { isSerializedOrigin } from '../../../fetch/origins.js';
import type { CorsPolicyFile } from '../../../policy-file/policy-file.js';
import { membersOf } from './policy-words.js';

/** How many origins are suggested. */
const SUGGESTED = 50;

/** The origin that everything below is coloured for. */
export function OriginBox({
  policy,
  origin,
  onOrigin,
}: {
  policy: CorsPolicyFile;
  origin: string;
  onOrigin: (origin: string) => void;
}) {
  const known = useMemo(() => exactOrigins(policy), [policy]);
  const isWrong = origin !== '' && !isSerializedOrigin(origin);
  return (
    <div class="field origin-box">
      <label for="origin">A page of</label>
      <input
        id="origin"
        type="text"
        list="origins"
        value={origin}
        placeholder="https://app.example.com"
        autocomplete="off"
        spellcheck={false}
        aria-describedby="origin-note"
        onInput={({ currentTarget }) => onOrigin(currentTarget.value.trim())}
      />
      <datalist id="origins">
        {known.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <p id="origin-note" class="field-note" aria-live="polite">
        {isWrong &&
          'An origin is scheme and host, in lower case, perhaps a port, and nothing after it.'}
      </p>
    </div>
  );
}

function exactOrigins({ policies, lists }: CorsPolicyFile): readonly string[] {
  const found = new Set<string>();
  for (const { origin } of Object.values(policies)) {
    for (const member of membersOf(origin.value, lists)) {
      if (found.size === SUGGESTED) return [...found];
      if (typeof member === 'string' && !member.includes('*')) found.add(member);
    }
  }
  return [...found];
}
