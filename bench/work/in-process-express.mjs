import { ServerResponse } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import express from 'express';
import { CorsModule } from 'nestjs-cors';
import { application } from '../servers/application.mjs';
import { POLICY } from './policy.mjs';

/**
 * An application of Nest on Express with this library, in which Express itself does next to
 * nothing: what is left between `handle` and the response is this library alone.
 *
 * @param {(request: object, response: object) => void} serve what Express does instead
 * @param {import('nestjs-cors').CorsOptions} [policy]
 */
export async function inProcessExpress(serve, policy = POLICY) {
  const instance = express();
  const plainHandle = (request, response) => {
    // As Express does: not before, since V8 is slow to extend an object of a changed prototype.
    Object.setPrototypeOf(response, instance.response);
    serve(request, response);
  };
  instance.handle = plainHandle;
  instance.response = Object.create(silentResponse());

  const module = application({ imports: [CorsModule.forRoot(policy)] });
  const app = await NestFactory.create(module, new ExpressAdapter(instance), {
    logger: false,
    abortOnError: false,
  });
  await app.init();
  return {
    /** What the HTTP server calls. */
    handle: (request, response) => instance.handle(request, response),
    /** The same without this library. */
    plainHandle,
  };
}

/** Nothing is written: the headers stay on the response, to be looked at. */
function silentResponse() {
  const silent = Object.create(ServerResponse.prototype);
  silent.writeHead = function writeHead() {
    return this;
  };
  return silent;
}
