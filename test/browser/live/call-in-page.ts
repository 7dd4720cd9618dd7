/// <reference lib="dom" />
import type { PageCall } from './page-call.js';
import type { PageSight } from './page-sight.js';

/** Makes one call. It runs in the page: it can use nothing of this file. */
export async function callInPage(call: PageCall): Promise<PageSight> {
  const { by, url, method, headers = {}, body, credentials, mode = 'cors' } = call;
  const nothing = { status: null, readable: null, headers: {}, body: null, timing: null };
  const blocked: PageSight = { ...nothing, verdict: 'blocked' };
  const loaded: PageSight = { ...nothing, verdict: 'allowed' };

  const timingOf = () =>
    new Promise<boolean>((resolve) => {
      const observer = new PerformanceObserver((list) => {
        const [entry] = list.getEntriesByName(url) as PerformanceResourceTiming[];
        if (entry === undefined) return;
        observer.disconnect();
        resolve(entry.requestStart > 0);
      });
      observer.observe({ type: 'resource', buffered: true });
    });

  const fetched = async (): Promise<PageSight> => {
    const response = await fetch(url, {
      method,
      mode,
      headers,
      ...(body !== undefined && { body }),
      credentials: credentials ? 'include' : 'same-origin',
    }).catch(() => null);
    if (response === null) return { ...blocked, readable: [] };
    return {
      verdict: response.type === 'cors' ? 'allowed' : 'not-cors',
      status: response.status,
      readable: [...response.headers.keys()].toSorted(),
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
      timing: by === 'timing' ? await timingOf() : null,
    };
  };

  const events = () =>
    new Promise<PageSight>((resolve) => {
      const source = new EventSource(url, { withCredentials: credentials });
      const end = (sight: PageSight) => {
        source.close();
        resolve(sight);
      };
      source.addEventListener('error', () => end(blocked));
      source.addEventListener('message', ({ data }) => end({ ...loaded, body: String(data) }));
    });

  const upload = () =>
    new Promise<PageSight>((resolve) => {
      const request = new XMLHttpRequest();
      request.upload.addEventListener('progress', () => {});
      request.addEventListener('error', () => resolve(blocked));
      request.addEventListener('load', () =>
        resolve({ ...loaded, status: request.status, body: request.responseText }),
      );
      request.open(method, url);
      request.withCredentials = credentials;
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.send(body ?? null);
    });

  const element = (made: HTMLImageElement | HTMLScriptElement) =>
    new Promise<PageSight>((resolve) => {
      made.addEventListener('error', () => resolve(blocked));
      made.addEventListener('load', () => resolve(loaded));
      made.crossOrigin = credentials ? 'use-credentials' : 'anonymous';
      made.src = url;
      document.head.append(made);
    });

  switch (by) {
    case 'event-source':
      return events();
    case 'upload':
      return upload();
    case 'image':
      return element(document.createElement('img'));
    case 'module-script':
      return element(Object.assign(document.createElement('script'), { type: 'module' }));
    default:
      return fetched();
  }
}
