import { corsPackageStack } from './cors-package-stack.js';
import { enableCorsStack } from './enable-cors-stack.js';
import { fastapiStack } from './fastapi-stack.js';
import { flaskStack } from './flask-stack.js';
import { nestjsCorsStack } from './nestjs-cors-stack.js';
import { nginxStack } from './nginx-stack.js';
import type { StackName } from './stack-name.js';
import type { Stack } from './stack.js';

const STACKS: Readonly<Record<StackName, Stack>> = {
  'nestjs-cors': nestjsCorsStack,
  enableCors: enableCorsStack,
  cors: corsPackageStack,
  flask: flaskStack,
  fastapi: fastapiStack,
  nginx: nginxStack,
};

/** How changes are written for a kind of server. */
export function stackNamed(name: StackName): Stack {
  return STACKS[name];
}
