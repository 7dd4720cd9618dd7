import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Reader } from '../reading/reader.js';
import type { Reading, ReadingJob } from '../reading/reading.js';

/** Between two key strokes nobody reads. */
const READ_AFTER = 120;
const NOTHING: Reading = { text: '', paste: null, urls: [], note: null };

/** What is read of the text in the box; and a way to read something that is not in it. */
export function useReading(
  text: string,
  onText: (text: string) => void,
): readonly [Reading, (job: ReadingJob) => void] {
  const reader = useMemo(
    () => new Reader(document.getElementById('program')?.textContent ?? null),
    [],
  );
  const [reading, setReading] = useState<Reading>(NOTHING);
  // What was shown in the box for a file or a long paste is not read again.
  const shown = useRef('');
  const latest = useRef(onText);
  latest.current = onText;

  useEffect(() => {
    if (text === shown.current) return undefined;
    shown.current = text;
    if (text === '') {
      setReading(NOTHING);
      return undefined;
    }
    const timer = setTimeout(() => {
      void reader.read({ source: text }).then((next) => {
        if (next !== null) setReading(next);
      });
    }, READ_AFTER);
    return () => clearTimeout(timer);
  }, [text, reader]);

  const read = useCallback(
    (job: ReadingJob) => {
      void reader.read(job).then((next) => {
        if (next === null) return;
        shown.current = next.text;
        setReading(next);
        latest.current(next.text);
      });
    },
    [reader],
  );
  return [reading, read];
}
