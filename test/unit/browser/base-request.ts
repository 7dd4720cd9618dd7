import type { FetchRequest } from '../../../lib/browser/fetch/fetch-request.js';

/** A GET of another origin, on its way. */
export const BASE_REQUEST: FetchRequest = {
  pageOrigin: 'https://app.example.com',
  url: new URL('https://api.example.com/x'),
  visited: [],
  mode: 'cors',
  method: 'GET',
  headers: [],
  firstHeaders: [],
  redirect: 'follow',
  destination: '',
  embedderPolicy: 'unsafe-none',
  targetSpace: null,
  credentials: 'same-origin',
  forcePreflight: false,
  tainting: 'cors',
  preflighted: false,
  beganWithOrigin: false,
};
