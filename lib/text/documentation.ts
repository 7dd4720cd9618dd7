/** Where the documentation is. A placeholder, like `homepage` in package.json: the release fills in both. */
const SITE = 'https://nestjs-cors.example/';

/** The address of a heading that is a name in code: a reason, or a check. */
export function documentationOf(page: 'refused-at-boot' | 'troubleshooting', name: string): string {
  return `${SITE}${page}#${name.toLowerCase()}`;
}
