import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';

/** Validates that a property is an origin as browsers write it, and safe with credentials. */
export function IsPageOrigin(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isPageOrigin',
      validator: {
        validate: isPageOrigin,
        defaultMessage: buildMessage(
          (each) =>
            `${each}$property must be an origin such as https://app.example.com: https (http on localhost only), lower case, no default port, no path, no trailing slash`,
          options,
        ),
      },
    },
    options,
  );
}

/** An origin is what it is parsed to; a wildcard is none. */
function isPageOrigin(value: unknown): boolean {
  if (typeof value !== 'string' || value.includes('*') || !URL.canParse(value)) return false;
  const { origin, protocol, hostname } = new URL(value);
  return (
    origin === value &&
    (protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost'))
  );
}
