import { deepStrictEqual } from 'node:assert';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EXCHANGES } from '../starters/exchanges.mjs';
import { choosePlatform, createProject, npmInstall, versionOf } from './project.mjs';

/** The application behind a function: events in, responses out, and no server. */
const ADAPTERS = {
  'serverless-express': { package: '@codegenie/serverless-express', platform: 'express' },
  'aws-lambda': { package: '@fastify/aws-lambda', platform: 'fastify' },
};

export async function tryServerless(name, folder, tarball) {
  const adapter = ADAPTERS[name];
  createProject(folder, tarball);
  npmInstall(folder, adapter.package);
  choosePlatform(folder, adapter.platform);
  const file = pathToFileURL(join(folder, `lambda-${adapter.platform}.mjs`)).href;
  const { handler } = await import(file);
  for (const exchange of EXCHANGES) {
    const { statusCode, headers } = await handler(eventOf(exchange), {});
    const cors = Object.entries(headers)
      .map(([header, value]) => [header.toLowerCase(), value])
      .filter(([header]) => /^(?:access-control-|vary$|timing-allow-origin$)/.test(header));
    const { method, path, expected } = exchange;
    deepStrictEqual([statusCode, Object.fromEntries(cors)], expected, `${method} ${path}`);
  }
  const { package: subject, platform } = adapter;
  const version = versionOf(folder, subject);
  return { group: 'Serverless', subject, version, platforms: [platform] };
}

/** As API Gateway (HTTP API) and function URLs send it: payload format 2.0. */
function eventOf({ method, path, headers }) {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: { host: 'api.example.com', ...headers },
    requestContext: {
      domainName: 'api.example.com',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      stage: '$default',
    },
    isBase64Encoded: false,
  };
}
