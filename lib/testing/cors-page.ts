import type { CorsCallOptions } from './cors-call.js';
import { CorsExpectation } from './cors-expectation.js';
import type { TestedApplication } from './tested-application.js';

/** A page that sends requests to an application. */
export class CorsPage {
  constructor(
    private readonly app: TestedApplication,
    private readonly origin: string,
  ) {}

  get(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('GET', path, options);
  }

  head(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('HEAD', path, options);
  }

  post(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('POST', path, options);
  }

  put(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('PUT', path, options);
  }

  patch(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('PATCH', path, options);
  }

  delete(path: string, options?: CorsCallOptions): CorsExpectation {
    return this.request('DELETE', path, options);
  }

  /** Any method, such as `QUERY`. */
  request(method: string, path: string, options: CorsCallOptions = {}): CorsExpectation {
    return new CorsExpectation(this.app, { ...options, origin: this.origin, method, path });
  }
}
