/** What to write in place of something that is not the address of a request. */
export const URL_REMEDY =
  'Write it as the page requests it, such as `https://api.example.com/orders`.';

/** What to write in place of something that is not an origin. */
export function originRemedy(origin: string): string {
  const meant = URL.canParse(origin) ? new URL(origin).origin : 'null';
  return meant === 'null'
    ? 'Write the scheme and host of the page, such as `https://app.example.com`.'
    : `Write \`${meant}\`: no path, no trailing slash, no default port, lower case.`;
}
