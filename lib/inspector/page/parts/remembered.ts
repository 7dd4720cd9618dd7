import { useCallback, useState } from 'preact/hooks';

/** A choice that the browser remembers, where it lets a page remember anything. */
export function useRemembered(name: string): readonly [string, (value: string) => void] {
  const key = `nestjs-cors-${name}`;
  const [value, setValue] = useState(() => read(key));
  const remember = useCallback(
    (next: string) => {
      setValue(next);
      write(key, next);
    },
    [key],
  );
  return [value, remember];
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Then it is remembered as long as the page is open.
  }
}
