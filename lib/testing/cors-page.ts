import type { CorsCallOptions } from './cors-call.js';
import { CorsExpectation } from './cors-expectation.js';
import type { TestedApplication } from './tested-application.js';

/** A page that sends requests to an application. */
export class CorsPage {
  constructor(
    private readonly app: TestedApplication,
    private readonly origin: string,
  ) {}

  /** `fetch(path)`. */
  get(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('GET', path, options);
  }

  /** `fetch(path, { method: 'HEAD' })`. */
  head(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('HEAD', path, options);
  }

  /** `fetch(path, { method: 'POST' })`. */
  post(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('POST', path, options);
  }

  /** `fetch(path, { method: 'PUT' })`: needs a CORS-preflight request. */
  put(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('PUT', path, options);
  }

  /** `fetch(path, { method: 'PATCH' })`: needs a CORS-preflight request. */
  patch(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('PATCH', path, options);
  }

  /** `fetch(path, { method: 'DELETE' })`: needs a CORS-preflight request. */
  delete(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('DELETE', path, options);
  }

  /** Any method, such as `QUERY`. */
  request(method: string, path: string, options: CorsCallOptions = {}): CorsExpectation {
    return new CorsExpectation(this.app, { ...options, origin: this.origin, method, path });
  }
}
