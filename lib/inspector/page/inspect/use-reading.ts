import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Reader } from '../reading/reader.js';
import type { Reading, ReadingJob } from '../reading/reading.js';

/** Between two key strokes nobody reads. */
const READ_AFTER = 120;
const NOTHING: Reading = { text: '', paste: null, urls: [], note: null };

/** What is read of the text in the box, and a way to read something that is not in it. */
interface CurrentReading {
  readonly reading: Reading;
  /** Whether something newer is being read. */
  readonly isReading: boolean;
  readonly read: (job: ReadingJob) => void;
}

export function useReading(text: string, onText: (text: string) => void): CurrentReading {
  const reader = useMemo(
    () => new Reader(document.getElementById('program')?.textContent ?? null),
    [],
  );
  const [reading, setReading] = useState<Reading>(NOTHING);
  const [isReading, setIsReading] = useState(text !== '');
  // What was shown in the box for a file or a long paste is not read again.
  const shown = useRef('');
  const latest = useRef(onText);
  latest.current = onText;

  useEffect(() => {
    if (text === shown.current) return undefined;
    shown.current = text;
    if (text === '') {
      setReading(NOTHING);
      setIsReading(false);
      return undefined;
    }
    setIsReading(true);
    const timer = setTimeout(() => {
      void reader.read({ source: text }).then((next) => {
        if (next === null) return;
        setReading(next);
        setIsReading(false);
      });
    }, READ_AFTER);
    return () => clearTimeout(timer);
  }, [text, reader]);

  const read = useCallback(
    (job: ReadingJob) => {
      setIsReading(true);
      void reader.read(job).then((next) => {
        if (next === null) return;
        shown.current = next.text;
        setReading(next);
        setIsReading(false);
        latest.current(next.text);
      });
    },
    [reader],
  );
  return { reading, isReading, read };
}
