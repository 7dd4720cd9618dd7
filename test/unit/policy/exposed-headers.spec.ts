import { mergeExposedHeaders } from '../../../lib/policy/merged-lists.js';

it.each<[exposed: string, own: string[], credentials: boolean, sent: string]>([
  ['', [], false, ''],
  ['x-total', [], true, 'x-total'],
  ['', ['Location, ETag'], true, 'Location, ETag'],
  ['x-total, etag', ['ETag,Location', 'X-Total'], true, 'x-total, etag, Location'],
  ['*', ['Location'], false, '*'],
  ['x-total', ['*'], false, '*'],
  ['x-total', ['*'], true, 'x-total'],
  ['', [', a b,{}, é'], false, ''],
])('%j and %j (credentials: %s): %j', (exposed, own, credentials, sent) => {
  expect(mergeExposedHeaders(exposed, own, credentials)).toBe(sent);
});
