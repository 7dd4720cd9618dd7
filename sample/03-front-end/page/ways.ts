import type { Way } from './way.js';

const PROXY: Way = {
  id: 'proxy',
  name: 'Vite’s proxy',
  explanation:
    'The page calls its own origin. Vite passes /api on to the API, server to server, without a browser in between: no preflight, no CORS.',
  baseUrl: '/api',
};

const CORS: Way = {
  id: 'cors',
  name: 'CORS',
  explanation:
    'The page calls the API directly. That is another origin, so the browser sends a preflight where it must, and gives the page only the responses that the API’s policy allows.',
  baseUrl: import.meta.env.VITE_API_URL,
};

/** The proxy is part of Vite's dev server: a built page always uses CORS. */
export const WAYS: readonly [Way, ...Way[]] = import.meta.env.DEV ? [PROXY, CORS] : [CORS];
