import { quotedList, type ServerKind, type Setting } from './server.js';

/** FastAPI and Starlette. */
export const fastapi: ServerKind = {
  title: 'FastAPI',
  setting: (setting) => [
    'app.add_middleware(  # last, so that it is outermost',
    '    CORSMiddleware,',
    ...fastapiArguments(setting).map((argument) => `    ${argument},`),
    ')',
  ],
  preflight: [
    'app.add_middleware(CORSMiddleware, ...)  # after every other: the last is outermost',
    '# If it responds with 400 itself, allow_methods or allow_headers lacks what was requested.',
  ],
  oneLayer: ['# Remove either CORSMiddleware or the headers that a proxy adds.'],
};

/** By default it allows GET and no headers. */
function fastapiArguments({
  origin,
  credentials,
  unanswered,
  methods = unanswered?.methods,
  allowedHeaders = unanswered?.headers,
}: Setting): readonly string[] {
  const options: string[] = [];
  if (origin !== undefined) options.push(`allow_origins=${quotedList([origin])}`);
  if (credentials !== undefined) {
    options.push(`allow_credentials=${credentials ? 'True' : 'False'}`);
  }
  if (methods !== undefined) options.push(`allow_methods=${quotedList(methods)}`);
  if (allowedHeaders !== undefined && allowedHeaders.length > 0) {
    options.push(`allow_headers=${quotedList(allowedHeaders)}`);
  }
  return options;
}

/** Flask with Flask-CORS. */
export const flask: ServerKind = {
  title: 'Flask-CORS',
  setting: (setting) => [`CORS(app, ${flaskArguments(setting)})`],
  preflight: [
    '@app.before_request',
    'def authenticate():',
    "    if request.method == 'OPTIONS':",
    '        return  # CORS(app) answers it',
    '    ...',
  ],
  oneLayer: ['# Remove either CORS(app) or the headers that a proxy adds.'],
};

function flaskArguments({ origin, credentials, methods, allowedHeaders }: Setting): string {
  const options: string[] = [];
  if (origin !== undefined) options.push(`origins=${quotedList([origin])}`);
  if (credentials !== undefined) {
    options.push(`supports_credentials=${credentials ? 'True' : 'False'}`);
  }
  if (methods !== undefined) options.push(`methods=${quotedList(methods)}`);
  if (allowedHeaders !== undefined) options.push(`allow_headers=${quotedList(allowedHeaders)}`);
  return options.join(', ');
}
