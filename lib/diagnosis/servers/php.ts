import { headersOf, isOpen, quotedList, type ServerKind, type Setting } from './server.js';

/** PHP without a framework: headers by hand, at the top of the script. */
export const php: ServerKind = {
  title: 'PHP',
  versions: 'PHP 8',
  documentation: 'https://www.php.net/manual/en/function.header.php',
  signs: [{ header: 'x-powered-by', value: /^PHP\//i }],
  change(setting) {
    const headers = headersOf(setting, '$origin');
    return [
      '// at the top of the script, before authentication and any output; in place of your header() lines',
      '// for Access-Control-Allow-…',
      ...(isOpen(setting)
        ? headers.map(([name, value]) => `header("${name}: ${value}");`)
        : [
            `$allowed = [${quotedList(setting.origins)} /* and your others */];`,
            "$origin = $_SERVER['HTTP_ORIGIN'] ?? '';",
            "header('Vary: Origin', false);",
            'if (in_array($origin, $allowed, true)) {',
            ...headers.map(([name, value]) => `    header("${name}: ${value}");`),
            '}',
          ]),
      "if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {",
      '    http_response_code(204);',
      '    exit;',
      '}',
    ];
  },
  oneLayer: ['// Remove either the header() lines or the headers that the web server adds.'],
};

/** Laravel's own middleware, which is global. */
export const laravel: ServerKind = {
  title: 'Laravel',
  versions: 'Laravel 11 and 12',
  documentation: 'https://laravel.com/docs/12.x/routing#cors',
  signs: [{ header: 'set-cookie', value: /^(?:laravel_session|XSRF-TOKEN)=/ }],
  change: (setting) => [
    '// config/cors.php (php artisan config:publish cors), whose other keys stay; afterwards, run',
    '// php artisan config:clear',
    `'paths' => ['${pathOf(setting)}', 'sanctum/csrf-cookie' /* and your others */],`,
    isOpen(setting)
      ? "'allowed_origins' => ['*'],"
      : `'allowed_origins' => [${quotedList(setting.origins)} /* and your others */],`,
    `'allowed_methods' => [${setting.listsMethods ? `${quotedList(setting.methods)} /* and your others */` : "'*'"}],`,
    `'allowed_headers' => [${setting.listsHeaders ? `${quotedList(setting.allowedHeaders)} /* and your others */` : "'*'"}],`,
    `'supports_credentials' => ${setting.credentials},`,
  ],
  oneLayer: ['// Remove either the paths in config/cors.php or the headers that a proxy adds.'],
};

/** Laravel matches paths without the slash in front. */
function pathOf({ path }: Setting): string {
  const first = /^\/([\w.~-]+)\//.exec(path)?.[1];
  return first === undefined ? '*' : `${first}/*`;
}
