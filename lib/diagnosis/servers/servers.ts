import { apache } from './apache.js';
import { apiGateway, cloudfront, s3, sam } from './aws.js';
import { caddy } from './caddy.js';
import { aspnet, go, rails, spring, springSecurity } from './compiled.js';
import { firebase, nextjs, supabase, vercel } from './functions.js';
import { haproxy } from './haproxy.js';
import { enableCors, nestjsCors } from './nest.js';
import { nginx } from './nginx.js';
import { corsPackage, fastifyCors, hono, koa, socketIo } from './node.js';
import { laravel, php } from './php.js';
import { django, fastapi, flask } from './python.js';
import type { ServerKind } from './server.js';

/**
 * Every kind of server that changes can be written for; the keys are the choices of `--for`. Of several
 * that a response gives away, the first one counts: `X-Powered-By: Express` is also Nest's.
 */
export const servers = {
  'nestjs-cors': nestjsCors,
  enableCors,
  'socket.io': socketIo,
  nextjs,
  cors: corsPackage,
  fastify: fastifyCors,
  hono,
  koa,
  flask,
  fastapi,
  django,
  laravel,
  php,
  spring,
  'spring-security': springSecurity,
  aspnet,
  go,
  rails,
  supabase,
  firebase,
  s3,
  sam,
  vercel,
  'api-gateway': apiGateway,
  cloudfront,
  nginx,
  apache,
  caddy,
  haproxy,
} as const satisfies Readonly<Record<string, ServerKind>>;

/** A kind of server for which changes can be written. */
export type ServerName = keyof typeof servers;

/** All of them, in the order in which they are recognised. */
export const SERVER_NAMES: readonly ServerName[] = Object.keys(servers).filter(isServerName);

function isServerName(name: string): name is ServerName {
  return Object.hasOwn(servers, name);
}

/** One of them, as any of them. */
export function serverKind(name: ServerName): ServerKind {
  return servers[name];
}
