import { type Answer, send } from './send.js';

export const JSON_TYPE = { 'content-type': 'application/json' };

/** Calls the inspector of an application, as its page does. */
export function callInspector(
  port: number,
  name: string,
  question: object,
  headers = {},
  base = '/cors',
): Promise<Answer> {
  const body = JSON.stringify(question);
  return send(port, 'POST', `${base}/api/${name}`, { ...JSON_TYPE, ...headers }, body);
}

/** Everything that a response of the inspector has, by name; without what Node adds. */
export function own(lines: readonly (readonly [string, string])[]) {
  const node = ['date', 'connection', 'keep-alive', 'content-length'];
  return Object.fromEntries(lines.filter(([name]) => !node.includes(name)));
}
