import {
  isOpen,
  quoted,
  quotedList,
  type ServerKind,
  type Setting,
  USUAL_METHODS,
} from './server.js';

/** FastAPI and Starlette. By default the middleware allows GET and no headers. */
export const fastapi: ServerKind = {
  title: 'FastAPI',
  versions: 'Starlette 0.26 to 1.0, as FastAPI has it',
  documentation: 'https://fastapi.tiangolo.com/tutorial/cors/',
  signs: [{ header: 'server', value: /^uvicorn/i }],
  change: (setting) => [
    '# after every other add_middleware(), since the last is outermost; in place of yours for CORS, whose',
    '# other arguments stay',
    ...(setting.silent ? ['from fastapi.middleware.cors import CORSMiddleware'] : []),
    'app.add_middleware(',
    '    CORSMiddleware,',
    ...[
      originsArgument('allow_origins', setting),
      ...(setting.credentials ? ['allow_credentials=True,'] : []),
      `allow_methods=[${quotedList(setting.methods)}],  # and your others`,
      `allow_headers=[${quotedList(setting.allowedHeaders)}],  # and your others`,
    ].map((argument) => `    ${argument}`),
    ')',
  ],
  oneLayer: ['# Remove either CORSMiddleware or the headers that a proxy adds.'],
};

/** Flask with Flask-CORS. By default it allows all usual methods, and the headers that are asked for. */
export const flask: ServerKind = {
  title: 'Flask',
  versions: 'Flask 2 and 3, Flask-CORS 3 to 6',
  documentation: 'https://flask-cors.readthedocs.io/',
  signs: [{ header: 'server', value: /^Werkzeug\//i }],
  change: (setting) => [
    '# pip install flask-cors; in place of your CORS(app), whose other arguments stay',
    ...(setting.silent ? ['from flask_cors import CORS'] : []),
    'CORS(',
    '    app,',
    ...flaskArguments(setting).map((argument) => `    ${argument}`),
    ')',
    ...(setting.guarded
      ? [
          '# above every other @app.before_request: browsers send no credentials with OPTIONS',
          '@app.before_request',
          'def answer_options():',
          "    if request.method == 'OPTIONS':",
          '        return app.make_default_options_response()',
        ]
      : []),
  ],
  oneLayer: ['# Remove either CORS(app) or the headers that a proxy adds.'],
};

function flaskArguments(setting: Setting): readonly string[] {
  const { credentials, methods, allowedHeaders, listsMethods, listsHeaders } = setting;
  const isUsual = methods.every((method) => USUAL_METHODS.includes(method));
  return [
    originsArgument('origins', setting),
    ...(credentials ? ['supports_credentials=True,'] : []),
    ...(listsMethods || !isUsual ? [`methods=[${quotedList(methods)}],  # and your others`] : []),
    ...(listsHeaders ? [`allow_headers=[${quotedList(allowedHeaders)}],  # and your others`] : []),
  ];
}

function originsArgument(name: string, setting: Setting): string {
  return isOpen(setting)
    ? `${name}=['*'],`
    : `${name}=[${quotedList(setting.origins)}],  # and your others`;
}

/** What django-cors-headers allows unless the settings say otherwise. */
const DJANGO_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const DJANGO_HEADERS = [
  'accept',
  'authorization',
  'content-type',
  'user-agent',
  'x-csrftoken',
  'x-requested-with',
];

/** Django with django-cors-headers. */
export const django: ServerKind = {
  title: 'Django',
  versions: 'Django 3.2 to 6, django-cors-headers 3.14 to 4',
  documentation: 'https://github.com/adamchainz/django-cors-headers',
  signs: [{ header: 'server', value: /^WSGIServer\//i }],
  change: (setting) => [
    '# pip install django-cors-headers; at the end of settings.py, your other CORS_ settings stay',
    ...(setting.silent || setting.wrong === 'preflight'
      ? [
          "INSTALLED_APPS = [*(app for app in INSTALLED_APPS if app != 'corsheaders'), 'corsheaders']",
          '# first of all middleware, so that it answers before authentication and redirects',
          "CORS = 'corsheaders.middleware.CorsMiddleware'",
          'MIDDLEWARE = [CORS, *(name for name in MIDDLEWARE if name != CORS)]',
        ]
      : []),
    // Beside it, the list would mean nothing: every page could send credentials.
    ...(setting.wasOpen ? ['CORS_ALLOW_ALL_ORIGINS = False'] : []),
    isOpen(setting)
      ? 'CORS_ALLOW_ALL_ORIGINS = True'
      : `CORS_ALLOWED_ORIGINS = [${quotedList(setting.origins)}]  # and your others`,
    ...(setting.credentials ? ['CORS_ALLOW_CREDENTIALS = True'] : []),
    ...djangoLists(setting),
  ],
  oneLayer: ['# Remove either corsheaders or the headers that a proxy adds.'],
};

function djangoLists({
  methods,
  allowedHeaders,
  listsMethods,
  listsHeaders,
}: Setting): readonly string[] {
  const names = allowedHeaders.filter((name) => !DJANGO_HEADERS.includes(name));
  return [
    ...(listsMethods || !methods.every((method) => DJANGO_METHODS.includes(method))
      ? [`CORS_ALLOW_METHODS = [${quotedList(methods)}]  # and your others`]
      : []),
    ...(listsHeaders || names.length > 0
      ? [
          'from corsheaders.defaults import default_headers',
          `CORS_ALLOW_HEADERS = [${['*default_headers', ...names.map(quoted)].join(', ')}]  # and your others`,
        ]
      : []),
  ];
}
