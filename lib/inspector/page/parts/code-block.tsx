import { blankPaste } from '../../../diagnosis/paste/blank-paste.js';
import { CopyButton } from './copy-button.js';

/** Lines of code, to be copied. Secrets are blanked. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  const text = blankPaste(code);
  return (
    <div class="code">
      <div class="code-head">
        <span>{label}</span>
        <CopyButton text={text} />
      </div>
      {/* It scrolls, so the keyboard must get there. */}
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
