import { checkCommand, curlCommand } from '../../../lib/diagnosis/equivalent-commands.js';
import { readCurl } from '../../../lib/diagnosis/paste/curl.js';
import { checkArguments, PAGE, URL_ASKED } from './check-arguments.js';

describe('checkCommand', () => {
  it('leaves out what is the default', () => {
    const { server: _, ...request } = checkArguments();
    expect(checkCommand(request)).toBe(`npx nestjs-cors check ${URL_ASKED} \\\n  --origin ${PAGE}`);
  });

  it('names all else, without secrets', () => {
    const request = checkArguments({
      url: `${URL_ASKED}?a=1&b='2'`,
      method: 'PUT',
      credentials: true,
      browser: 'firefox',
      server: 'nginx',
      headers: [
        ['content-type', 'application/json'],
        ['authorization', 'Bearer s3cr3t'],
      ],
    });
    expect(checkCommand(request).split(' \\\n  ')).toEqual([
      String.raw`npx nestjs-cors check 'https://api.example.com/orders/1?a=1&b='\''2'\'''`,
      `--origin ${PAGE}`,
      '--method PUT',
      "--header 'content-type: application/json'",
      "--header 'authorization: (not shown)'",
      '--credentials',
      '--browser firefox',
      '--for nginx',
    ]);
  });
});

describe('checkCommand asks for a preflight', () => {
  it.each([
    ['which a message is about, where the request needs none', {}, true],
    ['of a method in lower case as well', { method: 'get' }, true],
    ['not where the method needs one', { method: 'PUT' }, false],
    ['nor where a header does', { headers: [['x-tenant', 'a']] as const }, false],
  ])('%s', (_, request, isAsked) => {
    const command = checkCommand(checkArguments({ forcePreflight: true, ...request }));
    expect(command.includes('--preflight')).toBe(isAsked);
    expect(checkCommand(checkArguments(request))).not.toContain('--preflight');
  });
});

describe('curlCommand', () => {
  it('sends a preflight as the browser does', () => {
    const command = curlCommand({
      method: 'OPTIONS',
      url: URL_ASKED,
      credentials: false,
      headers: [
        ['Accept', '*/*'],
        ['Access-Control-Request-Method', 'PUT'],
        ['Access-Control-Request-Headers', 'content-type,x-tenant'],
        ['Origin', PAGE],
      ],
    });
    expect(command.split(' \\\n  ')).toEqual([
      `curl -i -X OPTIONS ${URL_ASKED}`,
      "-H 'Access-Control-Request-Method: PUT'",
      "-H 'Access-Control-Request-Headers: content-type,x-tenant'",
      `-H 'Origin: ${PAGE}'`,
    ]);
  });

  it.each(["it's", 'a"b', 'a\\b', '$(reboot)', '`reboot`', 'a;b|c&d', '!!'])(
    'quotes %s so that it reads back',
    (value) => {
      const command = curlCommand({
        method: 'GET',
        url: URL_ASKED,
        credentials: false,
        headers: [['x-a', value]],
      });
      expect(readCurl(command)?.headers).toEqual([['x-a', value]]);
    },
  );

  it('asks for the headers only where there is no body', () => {
    const sent = { method: 'HEAD', url: URL_ASKED, credentials: false, headers: [] };
    expect(curlCommand(sent)).toBe(`curl -i --head ${URL_ASKED}`);
  });
});
