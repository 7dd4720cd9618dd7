/** The values of `--for`. */
export const STACK_NAMES = [
  'nestjs-cors',
  'enableCors',
  'cors',
  'flask',
  'fastapi',
  'nginx',
] as const;

/** A kind of server for which changes can be written. */
export type StackName = (typeof STACK_NAMES)[number];
