/// <reference lib="dom" />
import type { PageCall } from './page-call.js';
import type { PageSight } from './page-sight.js';

/**
 * Makes one call from a frame whose origin is opaque, by the text of a function. It runs in the
 * page: it can use nothing of this file.
 */
export function callInSandbox([work, call]: readonly [string, PageCall]): Promise<PageSight> {
  return new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    // `<` would end the script.
    const argument = JSON.stringify(call).replaceAll('<', '\\u003c');
    frame.srcdoc = `<!doctype html><script>
(${work})(${argument}).then((sight) => parent.postMessage(sight, '*'));
</script>`;
    addEventListener(
      'message',
      ({ data }) => {
        frame.remove();
        resolve(data as PageSight);
      },
      { once: true },
    );
    document.body.append(frame);
  });
}
