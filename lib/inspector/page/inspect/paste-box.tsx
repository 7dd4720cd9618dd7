import { useEffect, useRef, useState } from 'preact/hooks';
import { blankPaste } from '../../../diagnosis/paste/blank-paste.js';
import { Words } from '../parts/words.js';
import { MAX_FILE, SHOWN } from '../reading/reading.js';

interface PasteBoxProps {
  readonly text: string;
  readonly note: string | null;
  /** The requests of a file, and which one is shown. */
  readonly urls: readonly string[];
  readonly url: string | undefined;
  readonly onText: (text: string) => void;
  /** A text in place of all that was there. */
  readonly onReplace: (text: string) => void;
  /** Something that is read whole, though the box may show less of it. */
  readonly onSource: (source: string | Blob) => void;
  readonly onChoose: (url: string) => void;
}

const LABEL = 'Paste a console message, response headers, a curl command, or a HAR file';

/** The one box: it takes what is typed, pasted or dropped, and shows no secret of it. */
export function PasteBox({
  text,
  note,
  urls,
  url,
  onText,
  onReplace,
  onSource,
  onChoose,
}: PasteBoxProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [isOver, setIsOver] = useState(false);
  useDroppedFiles(onSource, setIsOver);

  const paste = (event: ClipboardEvent) => {
    const file = event.clipboardData?.files[0];
    const pasted = event.clipboardData?.getData('text/plain') ?? '';
    if (file !== undefined && pasted === '') {
      event.preventDefault();
      onSource(file);
      return;
    }
    const { current } = box;
    const isAll =
      current === null || current.selectionEnd - current.selectionStart === current.value.length;
    event.preventDefault();
    if (isAll && (pasted.length > SHOWN || /^\s*\{\s*"log"/.test(pasted))) onSource(pasted);
    else {
      // In place of the selection, and to be undone as any other.
      insert(current, blankPaste(pasted.slice(0, SHOWN)));
      if (isAll && current !== null) onReplace(current.value);
    }
  };

  return (
    <section class={isOver ? 'paste over' : 'paste'}>
      <label for="paste">{LABEL}</label>
      <textarea
        id="paste"
        ref={box}
        value={text}
        rows={9}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        aria-describedby="paste-note"
        onInput={({ currentTarget }) => onText(currentTarget.value)}
        onPaste={paste}
        onBlur={() => {
          const blanked = blankPaste(text);
          if (blanked !== text) onText(blanked);
        }}
      />
      <div class="paste-tools">
        <label class="file button">
          Open a file
          <input
            type="file"
            accept=".har,.json,.txt,.log,text/*"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file !== undefined) onSource(file);
              currentTarget.value = '';
            }}
          />
        </label>
        <button
          type="button"
          disabled={text === ''}
          onClick={() => {
            onText('');
            box.current?.focus();
          }}
        >
          Clear
        </button>
        <span class="quiet">Nothing leaves this page. Up to {MAX_FILE / 1e6} MB.</span>
      </div>
      <p id="paste-note" class="paste-note" role="status">
        {note !== null && <Words>{note}</Words>}
      </p>
      {urls.length > 1 && (
        <label class="choose">
          Request of the file
          <select
            value={url ?? urls[0]}
            onChange={({ currentTarget }) => onChoose(currentTarget.value)}
          >
            {urls.slice(0, MAX_URLS).map((one) => (
              <option key={one} value={one}>
                {blankPaste(one)}
              </option>
            ))}
          </select>
        </label>
      )}
    </section>
  );
}

/** A file may have thousands; nobody chooses among them in a list. */
const MAX_URLS = 500;

/** As if it had been typed. */
function insert(box: HTMLTextAreaElement | null, text: string): void {
  if (box === null || document.execCommand('insertText', false, text)) return;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

/** A file may be dropped anywhere: the browser would otherwise leave the page to show it. */
function useDroppedFiles(
  onSource: (source: string | Blob) => void,
  setIsOver: (is: boolean) => void,
): void {
  const latest = useRef(onSource);
  latest.current = onSource;
  useEffect(() => {
    const over = (event: DragEvent) => {
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setIsOver(false);
      const source = event.dataTransfer?.files[0] ?? event.dataTransfer?.getData('text/plain');
      if (source !== undefined && source !== '') latest.current(source);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [setIsOver]);
}
