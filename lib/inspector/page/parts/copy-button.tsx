import { useEffect, useState } from 'preact/hooks';

/** How long the button says that it has copied. */
const SAID_FOR = 2000;

/** Copies a text, and says so. */
export function CopyButton({ text, children = 'Copy' }: { text: string; children?: string }) {
  const [said, setSaid] = useState<'Copied' | 'Not copied' | null>(null);
  useEffect(() => {
    if (said === null) return undefined;
    const timer = setTimeout(() => setSaid(null), SAID_FOR);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <button
      type="button"
      class="copy"
      onClick={() => void copied(text).then((is) => setSaid(is ? 'Copied' : 'Not copied'))}
    >
      {/* Both stand in the same place, so that the button keeps its width. */}
      <span class={said === null ? '' : 'away'}>{children}</span>
      <span class={said === null ? 'away' : ''} role="status">
        {said}
      </span>
    </button>
  );
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

/** As it was done before there was a clipboard for pages, which some contexts still have to do. */
function copiedBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  const { activeElement } = document;
  area.value = text;
  area.className = 'out-of-sight';
  document.body.append(area);
  area.select();
  const is = document.execCommand('copy');
  area.remove();
  if (activeElement instanceof HTMLElement) activeElement.focus();
  return is;
}
