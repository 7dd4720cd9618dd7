import { CorsPage } from './cors-page.js';
import type { TestedApplication } from './tested-application.js';

/**
 * Tests what browsers make of an application's CORS: each expectation sends what a browser would
 * send, and judges the answers as a browser does. It works on both platforms, whether or not the
 * application listens, in Jest, Vitest and any other runner.
 *
 * @example
 * await expectCors(app)
 *   .from('https://app.example.com')
 *   .put('/orders/1', { headers: { 'content-type': 'application/json' }, credentials: true })
 *   .toBeAllowed();
 * await expectCors(app).from('https://evil.example').get('/orders').toBeBlocked('origin-not-allowed');
 */
export function expectCors(app: TestedApplication): {
  /** A page of this origin, such as `https://app.example.com`. */
  from(origin: string): CorsPage;
} {
  return { from: (origin) => new CorsPage(app, origin) };
}
