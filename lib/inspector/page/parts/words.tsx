import type { ComponentChildren } from 'preact';
import { blankPaste } from '../../../diagnosis/paste/blank-paste.js';

/** A sentence of the command, in which code stands in backticks. Secrets are blanked. */
export function Words({ children }: { children: string }) {
  const parts = blankPaste(children).split('`');
  return (
    <>
      {parts.map((part, index): ComponentChildren => {
        // An odd number of backticks: the last one is a backtick.
        const isCode = index % 2 === 1 && index < parts.length - 1;
        return isCode ? <code key={index}>{part}</code> : part;
      })}
    </>
  );
}
