import { fragmentOf, LONGEST_VALUE, placeOf } from '../../../lib/inspector/page/fragment.js';

describe('the fragment of the page', () => {
  it.each([
    ['nothing', { view: '', values: {} }, '#'],
    ['a view', { view: 'routes', values: {} }, '#routes'],
    ['values', { view: 'inspect', values: { method: 'PUT' } }, '#inspect?method=PUT'],
    [
      'a paste of several lines, in any script',
      { view: 'inspect', values: { paste: 'a=1&b\n#?<b>“é”\u0000', cookies: '1' } },
      '#inspect?paste=a%3D1%26b%0A%23%3F%3Cb%3E%E2%80%9C%C3%A9%E2%80%9D%00&cookies=1',
    ],
    ['a name that objects have', { view: '', values: { constructor: 'a' } }, '#?constructor=a'],
  ])('keeps %s', (_, place, fragment) => {
    expect(fragmentOf(place)).toBe(fragment);
    expect(placeOf(fragment)).toEqual(place);
  });

  it.each([
    ['', { view: '', values: {} }],
    ['#?', { view: '', values: {} }],
    ['#inspect?%E0%A4%A&a', { view: 'inspect', values: { '\ufffd%A': '', a: '' } }],
    ['#a?b?c', { view: 'a', values: { 'b?c': '' } }],
    ['#a?b=1&b=2', { view: 'a', values: { b: '2' } }],
  ])('reads %j as far as it goes', (fragment, place) => {
    expect(placeOf(fragment)).toEqual(place);
  });

  it('has no secret, neither written nor read', () => {
    const values = {
      paste: "curl -H 'Authorization: Bearer s3cr3t' https://api.example.com/?token=s3cr3t",
      headers: 'x-api-key: s3cr3t',
    };
    const blanked = {
      paste: "curl -H 'Authorization: (not shown)' https://api.example.com/?token=not-shown",
      headers: 'x-api-key: (not shown)',
    };
    const fragment = fragmentOf({ view: 'inspect', values });
    expect(fragment).not.toContain('s3cr3t');
    expect(placeOf(fragment).values).toEqual(blanked);
    expect(placeOf(`#inspect?${new URLSearchParams(values)}`).values).toEqual(blanked);
  });

  it('leaves out what is too long for a ticket', () => {
    const values = { paste: 'x'.repeat(LONGEST_VALUE + 1), method: 'PUT' };
    expect(fragmentOf({ view: 'inspect', values })).toBe('#inspect?method=PUT');
    const longest = { view: 'inspect', values: { paste: 'x'.repeat(LONGEST_VALUE) } };
    expect(placeOf(fragmentOf(longest))).toEqual(longest);
    expect(placeOf(`#inspect?paste=${'x'.repeat(LONGEST_VALUE + 1)}`)).toEqual(longest);
  });
});
