import type { Way } from './way.js';

const PROXY: Way = {
  id: 'proxy',
  name: 'Vite’s proxy',
  explanation:
    'The page calls its own origin. Vite passes /api on to the API, server to server, where no browser looks: no preflight, no CORS.',
  baseUrl: '/api',
};

const CORS: Way = {
  id: 'cors',
  name: 'CORS',
  explanation:
    'The page calls the API where it is. That is another origin, so the browser asks first where it must, and gives the page only those answers that the API’s policy allows.',
  baseUrl: import.meta.env.VITE_API_URL,
};

/** The proxy is a part of Vite's dev server: a built page has CORS only. */
export const WAYS: readonly [Way, ...Way[]] = import.meta.env.DEV ? [PROXY, CORS] : [CORS];
