import { doubleQuotedList as list, isOpen, type ServerKind, type Setting } from './server.js';

const OTHERS = '/* and your others */';

/** Spring MVC without Spring Security. */
export const spring: ServerKind = {
  title: 'Spring MVC',
  versions: 'Spring Framework 6.2 and 7.0',
  documentation: 'https://docs.spring.io/spring-framework/reference/web/webmvc-cors.html',
  change: (setting) => [
    '// In place of your mapping, whose other calls stay. With Spring Security in the application, it is not',
    '// enough: see --for spring-security.',
    '@Configuration',
    'class WebCors implements WebMvcConfigurer {',
    '    @Override',
    '    public void addCorsMappings(CorsRegistry registry) {',
    '        registry.addMapping("/**")',
    `            .allowedOrigins(${javaOrigins(setting)})`,
    `            .allowedMethods(${list(setting.methods)} ${OTHERS})`,
    `            .allowedHeaders(${setting.listsHeaders ? `${list(setting.allowedHeaders)} ${OTHERS}` : '"*"'})${setting.credentials ? '' : ';'}`,
    ...(setting.credentials ? ['            .allowCredentials(true);'] : []),
    '    }',
    '}',
  ],
  oneLayer: [
    '// Remove either @CrossOrigin and addCorsMappings(), or the headers that a proxy or gateway adds.',
  ],
};

/** Spring Security answers first, so that CORS must be part of its chain. */
export const springSecurity: ServerKind = {
  title: 'Spring Security',
  versions: 'Spring Security 6.5 and 7.0',
  documentation: 'https://docs.spring.io/spring-security/reference/servlet/integrations/cors.html',
  signs: [{ header: 'cache-control', value: /^no-cache, no-store, max-age=0, must-revalidate$/ }],
  change: (setting) => [
    '// in the method that builds your SecurityFilterChain, whose other calls stay: preflights are then',
    '// answered before authentication',
    'http.cors(Customizer.withDefaults());',
    '// and beside it, in place of your bean of this name, whose other settings stay',
    '@Bean',
    'UrlBasedCorsConfigurationSource corsConfigurationSource() {',
    '    CorsConfiguration cors = new CorsConfiguration();',
    `    cors.setAllowedOrigins(List.of(${javaOrigins(setting)}));`,
    `    cors.setAllowedMethods(List.of(${list(setting.methods)} ${OTHERS}));`,
    `    cors.setAllowedHeaders(List.of(${setting.listsHeaders ? `${list(setting.allowedHeaders)} ${OTHERS}` : '"*"'}));`,
    ...(setting.credentials ? ['    cors.setAllowCredentials(true);'] : []),
    '    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();',
    '    source.registerCorsConfiguration("/**", cors);',
    '    return source;',
    '}',
  ],
  oneLayer: [
    '// Remove either http.cors() with @CrossOrigin, or the headers that a proxy or gateway adds.',
  ],
};

function javaOrigins(setting: Setting): string {
  return isOpen(setting) ? '"*"' : `${list(setting.origins)} ${OTHERS}`;
}

/** ASP.NET Core's own middleware. Its policies allow no methods and headers unless they are named. */
export const aspnet: ServerKind = {
  title: 'ASP.NET Core',
  versions: 'ASP.NET Core 8 to 10',
  documentation: 'https://learn.microsoft.com/aspnet/core/security/cors',
  signs: [
    { header: 'server', value: /^(?:Kestrel|Microsoft-IIS\/)/i },
    { header: 'x-powered-by', value: /^ASP\.NET/i },
  ],
  change: (setting) => [
    '// in place of your default policy, whose other calls stay',
    'builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy',
    isOpen(setting)
      ? '    .AllowAnyOrigin()'
      : `    .WithOrigins(${list(setting.origins)} ${OTHERS})`,
    `    .WithMethods(${list(setting.methods)} ${OTHERS})`,
    `    .WithHeaders(${list(setting.allowedHeaders)} ${OTHERS})${setting.credentials ? '' : '));'}`,
    ...(setting.credentials ? ['    .AllowCredentials()));'] : []),
    '// after UseRouting(), before UseAuthentication() and UseAuthorization()',
    'app.UseCors();',
  ],
  oneLayer: [
    '// Remove either app.UseCors() or the headers in customHeaders of web.config and of a proxy.',
  ],
};

/** Go with `rs/cors`, which allows GET, HEAD and POST unless more are listed. */
export const go: ServerKind = {
  title: 'Go',
  versions: 'rs/cors 1.7 to 1.11',
  documentation: 'https://pkg.go.dev/github.com/rs/cors',
  signs: [{ status: 404, type: /^text\/plain/, page: () => '404 page not found\n' }],
  change: (setting) => [
    '// go get github.com/rs/cors; in place of your cors.New(), whose other options stay. Serve `handler`:',
    '// http.ListenAndServe(address, handler)',
    'handler := cors.New(cors.Options{',
    ...[
      `AllowedOrigins: []string{${isOpen(setting) ? '"*"' : `${list(setting.origins)} ${OTHERS}`}},`,
      ...(setting.credentials ? ['AllowCredentials: true,'] : []),
      `AllowedMethods: []string{${list(withSafelisted(setting))} ${OTHERS}},`,
      `AllowedHeaders: []string{${list(setting.allowedHeaders)} ${OTHERS}},`,
    ].map((line) => `\t${line}`),
    '}).Handler(mux)',
  ],
  oneLayer: ['// Remove either cors.New() or the headers that a proxy adds.'],
};

/** Rails with `rack-cors`, which allows GET alone unless more are listed. */
export const rails: ServerKind = {
  title: 'Rails',
  versions: 'Rails 6.1 to 8, rack-cors 1.1 to 3',
  documentation: 'https://github.com/cyu/rack-cors',
  signs: [{ header: 'x-runtime', value: /^\d+\.\d+$/ }],
  change: (setting) => [
    "# config/initializers/cors.rb, with gem 'rack-cors'; in place of your `allow`, whose other lines stay",
    'Rails.application.config.middleware.insert_before 0, Rack::Cors do',
    '  allow do',
    isOpen(setting) ? "    origins '*'" : `    origins ${list(setting.origins)} # and your others`,
    `    resource '*', headers: ${setting.listsHeaders ? `[${list(setting.allowedHeaders)}]` : ':any'},`,
    `      methods: [${rubyMethods(setting)}]${setting.credentials ? ', credentials: true' : ''} # and your others`,
    '  end',
    'end',
  ],
  oneLayer: ['# Remove either Rack::Cors or the headers that a proxy adds.'],
};

function rubyMethods(setting: Setting): string {
  return withSafelisted(setting)
    .map((method) => `:${method.toLowerCase().replaceAll(/[^a-z]/g, '_')}`)
    .join(', ');
}

/** Both look at the method of every request, of those without a preflight, too. */
function withSafelisted({ methods }: Setting): readonly string[] {
  return [...new Set([...methods, 'GET', 'HEAD', 'POST'])];
}
