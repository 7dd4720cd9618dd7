import { matchTemplate, templateParts } from '../../../../lib/browser/messages/message-template.js';

describe('templateParts', () => {
  it('takes a message apart', () => {
    expect(templateParts('a {b}{c} d')).toEqual([
      { text: 'a ' },
      { name: 'b' },
      { name: 'c' },
      { text: ' d' },
    ]);
    expect(templateParts('a { b } {1}')).toEqual([{ text: 'a { b } {1}' }]);
  });
});

describe('matchTemplate', () => {
  it.each([
    ['Method {m} is bad.', 'x Method PUT is bad. y', { m: 'PUT' }],
    ['Method {m} is bad.', 'Method of Method PUT is bad.', { m: 'PUT' }],
    ['Method {m} is bad.', 'Method  is bad.', { m: '' }],
    ['at {url}', 'at https://a.test \nmore', { url: 'https://a.test' }],
    ['at {url}', 'at ', { url: '' }],
    ['from {origin}.', 'x from https://a.b.test. And so on.', { origin: 'https://a.b.test' }],
    ['from {origin}.', 'from https://a.b.test.', { origin: 'https://a.b.test' }],
    ['is {value}).', 'is a).b)..', { value: 'a' }],
    ['plain', 'so plain', {}],
    ['a {x} b {y} c', 'a 1 b 2 c', { x: '1', y: '2' }],
    ['a {x} b {y} c', 'a 1 c 2 b', null],
    ['plain', 'Plain', null],
  ])('%s in %j', (template, text, values) => {
    expect(matchTemplate(template, text)).toEqual(values);
  });
});
