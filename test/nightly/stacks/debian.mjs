// Frameworks of other languages, as Debian ships them.
const PAGE = 'https://app.example.com';
const OTHER = 'https://other.example';
const PYTHON = '/usr/bin/python3';

export const flask = {
  server: 'flask',
  recognised: true,
  apt: ['python3-flask', 'python3-flask-cors'],
  states: {
    silent: '',
    get: '',
    origin: `CORS(app, origins=['${OTHER}'])`,
    credentials: `CORS(app, origins=['${PAGE}'])`,
    wildcard: `CORS(app, send_wildcard=True)`,
    methods: `CORS(app, origins=['${PAGE}'], supports_credentials=True, methods=['GET'])`,
    headers: `CORS(app, origins=['${PAGE}'], supports_credentials=True, allow_headers=['x-other'])`,
    guarded: `CORS(app, origins=['${PAGE}'], supports_credentials=True)`,
  },
  guard: `@app.before_request
def authenticate():
    if 'authorization' not in request.headers:
        abort(401)
`,
  start: (port, { before, layer, after }) => ({
    files: {
      'server.py': `
from flask import Flask, abort, request
from flask_cors import CORS
app = Flask(__name__)
${before}
${layer}
${after}

@app.route('/api/orders', methods=['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
def orders():
    return {}
`,
    },
    command: [PYTHON, '-m', 'flask', '--app', 'server', 'run', '--port', String(port)],
  }),
};

export const fastapi = {
  server: 'fastapi',
  recognised: true,
  apt: ['python3-fastapi', 'python3-uvicorn'],
  states: {
    silent: '',
    get: '',
    origin: middleware(`allow_origins=['${OTHER}']`),
    credentials: middleware(
      `allow_origins=['${PAGE}'], allow_methods=['PUT'], allow_headers=['x-request-id']`,
    ),
    wildcard: middleware(`allow_origins=['*'], allow_methods=['*'], allow_headers=['*']`),
    methods: middleware(`allow_origins=['${PAGE}'], allow_credentials=True`),
    headers: middleware(
      `allow_origins=['${PAGE}'], allow_credentials=True, allow_methods=['PUT'], allow_headers=['x-other']`,
    ),
    guarded: middleware(
      `allow_origins=['${PAGE}'], allow_credentials=True, allow_methods=['PUT'], allow_headers=['x-request-id']`,
    ),
  },
  guard: `@app.middleware('http')
async def authenticate(request, call_next):
    if 'authorization' not in request.headers:
        return Response(status_code=401)
    return await call_next(request)
`,
  // The last is outermost.
  isReversed: true,
  start: (port, { before, layer, after }) => ({
    files: {
      'server.py': `
from fastapi import FastAPI, Response
from fastapi.middleware.cors import CORSMiddleware
app = FastAPI()

@app.api_route('/api/orders', methods=['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
def orders():
    return {}

${after}
${layer}
${before}
`,
    },
    command: [
      PYTHON,
      '-m',
      'uvicorn',
      '--port',
      String(port),
      '--log-level',
      'error',
      'server:app',
    ],
  }),
};

function middleware(options) {
  return `app.add_middleware(CORSMiddleware, ${options})`;
}

const CORSHEADERS = `INSTALLED_APPS = ['corsheaders']
MIDDLEWARE = [*MIDDLEWARE, 'corsheaders.middleware.CorsMiddleware']
`;

export const django = {
  server: 'django',
  recognised: true,
  apt: ['python3-django', 'python3-django-cors-headers'],
  states: {
    silent: '',
    get: '',
    origin: `${CORSHEADERS}CORS_ALLOWED_ORIGINS = ['${OTHER}']`,
    credentials: `${CORSHEADERS}CORS_ALLOWED_ORIGINS = ['${PAGE}']`,
    wildcard: `${CORSHEADERS}CORS_ALLOW_ALL_ORIGINS = True`,
    methods: `${CORSHEADERS}CORS_ALLOWED_ORIGINS = ['${PAGE}']
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_METHODS = ['GET']`,
    headers: `${CORSHEADERS}CORS_ALLOWED_ORIGINS = ['${PAGE}']
CORS_ALLOW_CREDENTIALS = True`,
    guarded: `${CORSHEADERS}CORS_ALLOWED_ORIGINS = ['${PAGE}']
CORS_ALLOW_CREDENTIALS = True`,
  },
  guard: "MIDDLEWARE = ['guard.guard', *MIDDLEWARE]",
  // Settings add up.
  apply: (code, earlier, guard) => ({
    before: guard,
    layer: [earlier, ...code].join('\n'),
  }),
  start: (port, { before, layer, after }) => ({
    files: {
      'settings.py': `
SECRET_KEY = 'x'
ALLOWED_HOSTS = ['*']
ROOT_URLCONF = 'urls'
INSTALLED_APPS = []
MIDDLEWARE = ['django.middleware.common.CommonMiddleware']
${before}
${layer}
${after}
`,
      'guard.py': `
from django.http import HttpResponse
def guard(get_response):
    def middleware(request):
        if 'Authorization' not in request.headers:
            return HttpResponse(status=401)
        return get_response(request)
    return middleware
`,
      'urls.py': `
from django.http import JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
methods = require_http_methods(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
urlpatterns = [path('api/orders', csrf_exempt(methods(lambda request: JsonResponse({}))))]
`,
    },
    command: [
      PYTHON,
      '-m',
      'django',
      'runserver',
      '--noreload',
      '--settings',
      'settings',
      `127.0.0.1:${port}`,
    ],
    env: { PYTHONPATH: '.' },
  }),
};

export const php = {
  server: 'php',
  recognised: true,
  apt: ['php-cli'],
  states: {
    silent: '',
    get: '',
    origin: `header('Access-Control-Allow-Origin: ${OTHER}');`,
    credentials: byHand(`header('Access-Control-Allow-Origin: ${PAGE}');`),
    wildcard: byHand(`header('Access-Control-Allow-Origin: *');`),
    methods: `header('Access-Control-Allow-Origin: ${PAGE}');
header('Access-Control-Allow-Credentials: true');
header('Access-Control-Allow-Methods: GET');`,
    headers: `header('Access-Control-Allow-Origin: ${PAGE}');
header('Access-Control-Allow-Credentials: true');
header('Access-Control-Allow-Methods: PUT');
header('Access-Control-Allow-Headers: x-other');`,
    guarded: byHand(`header('Access-Control-Allow-Origin: ${PAGE}');`),
  },
  guard: `if (!isset($_SERVER['HTTP_AUTHORIZATION'])) {
  http_response_code(401);
  exit;
}`,
  start: (port, { before, layer, after }) => ({
    files: { 'server.php': `<?php\n${before}\n${layer}\n${after}\necho 'x';\n` },
    command: ['php', '-S', `127.0.0.1:${port}`, 'server.php'],
  }),
};

function byHand(line) {
  return `${line}
header('Access-Control-Allow-Methods: PUT');
header('Access-Control-Allow-Headers: x-request-id');`;
}

export const rails = {
  server: 'rails',
  recognised: true,
  apt: ['ruby-railties', 'ruby-rack-cors', 'puma'],
  states: {
    silent: '',
    get: '',
    origin: rack(`origins '${OTHER}'`, 'headers: :any, methods: [:put]'),
    credentials: rack(`origins '${PAGE}'`, 'headers: :any, methods: [:put]'),
    wildcard: rack(`origins '*'`, 'headers: :any, methods: [:put]'),
    methods: rack(`origins '${PAGE}'`, 'headers: :any, methods: [:get], credentials: true'),
    headers: rack(`origins '${PAGE}'`, "headers: 'x-other', methods: [:put], credentials: true"),
    guarded: rack(`origins '${PAGE}'`, 'headers: :any, methods: [:put], credentials: true', '-1'),
  },
  guard: 'Rails.application.config.middleware.insert_before 0, Guard',
  start: (port, { before, layer, after }) => ({
    files: {
      'config.ru': `
require 'action_controller/railtie'
require 'rack/cors'

class Guard
  def initialize(app)
    @app = app
  end

  def call(env)
    env['HTTP_AUTHORIZATION'] ? @app.call(env) : [401, {}, []]
  end
end

class Orders < ActionController::API
  def all
    render json: {}
  end
end

class Shop < Rails::Application
  config.eager_load = false
  config.secret_key_base = 'x' * 40
  config.hosts.clear
  config.logger = Logger.new(IO::NULL)
  routes.append do
    match '/api/orders', to: 'orders#all', via: %i[get post put patch delete]
  end
end

# What comes last is outermost: each goes to the front.
${after}
${layer}
${before}
Rails.application.initialize!
run Rails.application
`,
    },
    command: ['puma', '--bind', `tcp://127.0.0.1:${port}`, '--quiet', 'config.ru'],
    env: { RAILS_ENV: 'production' },
  }),
};

function rack(origins, resource) {
  return `Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    ${origins}
    resource '*', ${resource}
  end
end`;
}

export const go = {
  server: 'go',
  recognised: true,
  apt: ['golang-go', 'golang-github-rs-cors-dev'],
  states: {
    silent: 'var handler http.Handler = mux\nvar _ = cors.Options{}',
    get: 'var handler http.Handler = mux\nvar _ = cors.Options{}',
    origin: goCall(`AllowedOrigins: []string{"${OTHER}"}`),
    credentials: goCall(
      `AllowedOrigins: []string{"${PAGE}"}, AllowedMethods: []string{"PUT"}, AllowedHeaders: []string{"x-request-id"}`,
    ),
    wildcard: goCall(`AllowedMethods: []string{"PUT"}, AllowedHeaders: []string{"*"}`),
    methods: goCall(`AllowedOrigins: []string{"${PAGE}"}, AllowCredentials: true`),
    headers: goCall(
      `AllowedOrigins: []string{"${PAGE}"}, AllowCredentials: true, AllowedMethods: []string{"PUT"}`,
    ),
    guarded: goCall(
      `AllowedOrigins: []string{"${PAGE}"}, AllowCredentials: true, AllowedMethods: []string{"PUT"}`,
    ),
  },
  guard: 'true',
  start: (port, { before, layer, after }) => ({
    files: {
      'server.go': `
package main

import (
	"net/http"
	"github.com/rs/cors"
)

func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			w.WriteHeader(401)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func main() {
	orders := http.NewServeMux()
	orders.HandleFunc("/api/orders", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "OPTIONS" {
			w.WriteHeader(405)
		}
	})
	var mux http.Handler = orders
	${after === '' ? '' : 'mux = guarded(mux)'}
	${layer}
	${before === '' ? '' : 'handler = guarded(handler)'}
	http.ListenAndServe("127.0.0.1:${port}", handler)
}
`,
    },
    build: ['go', 'build', '-o', 'server', 'server.go'],
    command: ['./server'],
    env: { GO111MODULE: 'off', GOPATH: '/usr/share/gocode' },
  }),
};

function goCall(options) {
  return `handler := cors.New(cors.Options{${options}}).Handler(mux)`;
}
