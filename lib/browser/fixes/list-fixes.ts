import { printable } from '../../text/escape.js';
import type { Blocked } from '../blocked.js';
import type { Fix } from '../fix.js';
import type { Fixes } from './fixes.js';

type ListCheck = 'METHOD' | 'HEADER' | 'AUTHORIZATION_WILDCARD' | 'ACAM_PARSE' | 'ACAH_PARSE';

/** What would make the lists of a CORS-preflight response cover the request. */
export const listFixes: Fixes<ListCheck> = {
  METHOD: methodFix,
  HEADER: (blocked) => headersFix(blocked, literalWildcard(blocked)),
  AUTHORIZATION_WILDCARD: (blocked) =>
    headersFix(blocked, ' By the standard, `*` does not cover it.'),
  ACAM_PARSE: (blocked) => grammarFix('Access-Control-Allow-Methods', 'methods', blocked),
  ACAH_PARSE: (blocked) => grammarFix('Access-Control-Allow-Headers', 'header names', blocked),
};

function methodFix(blocked: Blocked): Fix {
  const { method = '', listed = [] } = blocked.failure.details;
  const upper = method.toUpperCase();
  if (method !== upper && listed.includes(upper)) {
    return {
      kind: 'change-page',
      options: {},
      sentence:
        `The page sends the method \`${method}\`, but \`${upper}\` is allowed: methods are ` +
        `case-sensitive. Write \`method: '${upper}'\` in the page.`,
    };
  }
  const other = listed.find((member) => member.toUpperCase() === upper);
  const hint =
    other === undefined
      ? literalWildcard(blocked)
      : ` \`${other}\` is allowed, but methods are case-sensitive.`;
  return {
    kind: 'allow-method',
    options: { methods: [method] },
    sentence: `Access-Control-Allow-Methods does not contain \`${method}\`: add it to \`methods\`.${hint}`,
  };
}

function headersFix({ failure }: Blocked, hint: string): Fix {
  const { names = [] } = failure.details;
  const list = names.map((name) => `\`${name}\``).join(', ');
  const them = names.length === 1 ? 'it' : 'them';
  return {
    kind: 'allow-headers',
    options: { allowedHeaders: names },
    sentence: `Access-Control-Allow-Headers does not contain ${list}: add ${them} to \`allowedHeaders\`.${hint}`,
  };
}

function literalWildcard({ failure, request }: Blocked): string {
  const { listed = [] } = failure.details;
  return request.credentials === 'include' && listed.includes('*')
    ? ' With credentials, `*` stands for itself and covers nothing else.'
    : '';
}

function grammarFix(header: string, what: string, { failure }: Blocked): Fix {
  return {
    kind: 'correct-list',
    options: {},
    sentence:
      `${header} contains \`${printable(failure.details.member ?? '')}\`, so browsers reject the ` +
      `whole list: send ${what}, separated by commas.`,
  };
}
