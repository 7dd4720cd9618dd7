import type { Way } from './way.js';
import { WAYS } from './ways.js';

/** The switch between the ways. */
export function WaySwitch({ way, onChange }: { way: Way; onChange: (way: Way) => void }) {
  return (
    <fieldset className="switch">
      <legend>The page calls the API through</legend>
      {WAYS.map((each) => (
        <label key={each.id}>
          <input
            type="radio"
            name="way"
            value={each.id}
            checked={each.id === way.id}
            onChange={() => onChange(each)}
          />
          <span>{each.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
