/** A value of a header; an array stands for several lines, null for no such header. */
export type HeaderValue = string | readonly string[] | null;
export type HeaderPairs = readonly (readonly [string, string])[];
/** What to choose from, by name. */
export type Choices<T> = Readonly<Record<string, T>>;

/** Values of Access-Control-Allow-Origin; null: no such header. */
export const ORIGINS: Choices<HeaderValue> = {
  none: null,
  star: '*',
  page: '{page}',
  padded: ' \t{page}  ',
  'padded star': ' *  ',
  slash: '{page}/',
  'upper case': '{PAGE}',
  api: '{api}',
  null: 'null',
  Null: 'Null',
  empty: '',
  'no scheme': 'app.example.com',
  true: 'true',
  pattern: 'http://*',
  list: '{page}, {other}',
  'list with spaces': '{page} {other}',
  'star and page': '*, {page}',
  'two equal lines': ['{page}', '{page}'],
  'star twice': ['*', '*'],
  'with an empty line': ['', '{page}'],
};

/** Values of Access-Control-Allow-Credentials. */
export const CREDENTIALS: Choices<HeaderValue> = {
  none: null,
  true: 'true',
  True: 'True',
  false: 'false',
  1: '1',
  padded: ' true ',
  twice: ['true', 'true'],
};

export const METHOD_LISTS: Choices<HeaderValue> = {
  none: null,
  empty: '',
  star: '*',
  PUT: 'PUT',
  put: 'put',
  'several in lines': ['GET, PUT', 'PATCH,Foo'],
  'empty members': ' ,PATCH,\t, QUERY ,',
  'no comma': 'PUT PATCH',
  quoted: '"PUT"',
  semicolon: 'PUT; PATCH',
};

export const METHODS = ['GET', 'put', 'PUT', 'PATCH', 'patch', 'DELETE', 'QUERY', 'Foo'];

export const HEADER_LISTS: Choices<HeaderValue> = {
  none: null,
  empty: '',
  star: '*',
  'x-a': 'x-a',
  'upper case': 'X-A, X-B, CONTENT-TYPE',
  'in lines': ['x-a', ',,x-b,authorization'],
  'star and authorization': '*, Authorization',
  'no comma': 'x-a x-b',
  slash: 'x-a, x/b',
};

export const REQUEST_HEADERS: Choices<HeaderPairs> = {
  'X-A': [['X-A', '1']],
  'x-b and X-a': [
    ['x-b', '1'],
    ['X-a', '1'],
  ],
  json: [['Content-Type', 'application/json']],
  text: [['Content-Type', 'text/plain;charset=UTF-8']],
  'odd text': [['content-type', 'text/plain; a="(b)"']],
  authorization: [['Authorization', 'Bearer x']],
  'authorization and x-a': [
    ['x-a', '1'],
    ['Authorization', 'Bearer x'],
  ],
};

export const STATUSES = [200, 201, 204, 206, 299, 300, 304, 400, 401, 403, 404, 405, 418, 500, 503];
