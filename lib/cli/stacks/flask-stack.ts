import { quotedList } from './quoted-list.js';
import type { Setting } from './setting.js';
import type { Stack } from './stack.js';

/** Flask with Flask-CORS. */
export const flaskStack: Stack = {
  title: 'Flask-CORS',
  setting: (setting) => [`CORS(app, ${argumentsOf(setting)})`],
  preflight: [
    '@app.before_request',
    'def authenticate():',
    "    if request.method == 'OPTIONS':",
    '        return  # CORS(app) answers it',
    '    ...',
  ],
  oneLayer: ['# Remove CORS(app), or the headers that a proxy adds: one of the two.'],
};

function argumentsOf({ origin, credentials, methods, allowedHeaders }: Setting): string {
  const options: string[] = [];
  if (origin !== undefined) options.push(`origins=${quotedList([origin])}`);
  if (credentials !== undefined) {
    options.push(`supports_credentials=${credentials ? 'True' : 'False'}`);
  }
  if (methods !== undefined) options.push(`methods=${quotedList(methods)}`);
  if (allowedHeaders !== undefined) options.push(`allow_headers=${quotedList(allowedHeaders)}`);
  return options.join(', ');
}
