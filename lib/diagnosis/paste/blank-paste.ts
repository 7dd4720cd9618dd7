import { blankSecrets, isSecretHeader, NOT_SHOWN } from '../../text/secrets.js';

/**
 * A paste without its secrets: the values of secret headers and cookies, user names and passwords, what
 * a request sends as its body, tokens wherever they stand. What is read of it stays as it was, since no
 * reader looks at those. Blanking again changes nothing.
 */
export function blankPaste(text: string): string {
  return blankSecrets(
    text
      .replaceAll(QUOTED_HEADER, quotedHeader)
      .replaceAll(FIELD, field)
      .replaceAll(HAR_FIELD, field)
      .replaceAll(CALL, field)
      .replaceAll(LINE, line)
      .replaceAll(CURL_OPTION, `$1$2$3${NOT_SHOWN}$3`)
      .replaceAll(CURL_WORD, `$1${ONE_WORD}`)
      .replaceAll(CURL_HEADER, curlHeader)
      .replaceAll(COOKIE_CALL, `$1${NOT_SHOWN}$2`)
      .replaceAll(BODY, `$1$2${NOT_SHOWN}$2`)
      .replaceAll(BODY_OBJECT, bodyObject)
      .replaceAll(TOKEN, (_, scheme: string | undefined) => `${scheme ?? ''}${NOT_SHOWN}`),
    ONE_WORD,
  );
}

/** What has no space leaves a URL whole, and a word one. */
const ONE_WORD = 'not-shown';

/** `'Authorization: Bearer …'`: an argument of curl. cmd has a caret before the quotes. */
const QUOTED_HEADER =
  /(\$?\^?(['"]))([A-Za-z][\w-]{1,60})(:[ \t]{0,9})((?:(?!\^?\2|\n).|\\\n){1,8000}?)(\^?\2)/g;

function quotedHeader(
  whole: string,
  begin: string,
  _quote: string,
  name: string,
  colon: string,
  _value: string,
  end: string,
): string {
  return isSecretHeader(name) ? `${begin}${name}${colon}${NOT_SHOWN}${end}` : whole;
}

/** `"authorization": "…"`, `Authorization: '…'`, and PowerShell's `"authorization"="…"`. */
const FIELD =
  /((?:["'`]?)([A-Za-z][\w-]{1,60})["'`]?[ \t]{0,9}[:=][ \t]{0,9})((["'`])(?:(?!\4|\n)(?:\\.|`.|[^\\`])){0,8000}\4)/g;
/** `"name": "authorization", "value": "…"`. */
const HAR_FIELD =
  /("name"\s{0,40}:\s{0,40}"([\w-]{1,60})"\s{0,40},\s{0,40}"value"\s{0,40}:\s{0,40})("(?:\\.|[^"\\]){0,8000}(")) */g;
/** `setRequestHeader('Authorization', '…')`. */
const CALL =
  /(\.(?:setRequestHeader|set|append|header)\(\s{0,9}["'`]([A-Za-z][\w-]{1,60})["'`]\s{0,9},\s{0,9})((["'`])(?:(?!\4|\n)(?:\\.|[^\\])){0,8000}\4)/g;

function field(whole: string, before: string, name: string, _value: string, quote: string): string {
  return isSecretHeader(name) ? `${before}${quote}${NOT_SHOWN}${quote}` : whole;
}

/** A line of its own, as the developer tools and `curl -v` show headers; newer tools break it. */
const LINE =
  /^([ \t]{0,9}(?:[<>*] )?)([A-Za-z][\w-]{1,60})(:[ \t]{0,9}|:?\r?\n)([^\r\n]{1,100000})/gm;

function line(whole: string, before: string, name: string, colon: string, value: string): string {
  if (!isSecretHeader(name)) return whole;
  // Without a colon, it may be a word of a sentence, or the next header.
  if (colon.includes('\n') && /^[\w-]{1,60}:?$/.test(value)) return whole;
  const shown = /^set-cookie$/i.test(name) ? blankCookie(value) : NOT_SHOWN;
  return `${before}${name}${colon}${shown}`;
}

/** The name of a cookie tells what set it, and its attributes whether it is sent. */
function blankCookie(cookie: string): string {
  return cookie.replace(/^([^=;]{1,200}=)[^;]*/, `$1${NOT_SHOWN}`);
}

/** What curl is given as cookies, user and body. */
const CURL_OPTION =
  /([ \t^](?:-b|-u|-d|-F|--cookie|--user|--data(?:-(?:raw|binary|ascii|urlencode))?|--json|--form|--oauth2-bearer)(?:[ \t]{1,9}|=))(\$?\^?)(["'])(?:(?!\3)(?:\\[^]|[^\\])){1,200000}\3/g;
/** The same without quotes. */
const CURL_WORD =
  /([ \t](?:-b|-u|-d|-F|--cookie|--user|--data(?:-(?:raw|binary|ascii|urlencode))?|--json|--form|--oauth2-bearer)(?:[ \t]{1,9}|=)(?!["'$^(@]))[^\s"'(]{1,8000}/g;
const CURL_HEADER =
  /([ \t](?:-H|--header)(?:[ \t]{1,9}|=)?([A-Za-z][\w-]{1,60}):)[^\s"'(]{1,8000}/g;

function curlHeader(whole: string, before: string, name: string): string {
  return isSecretHeader(name) ? before + ONE_WORD : whole;
}
/** What PowerShell puts into a session. */
const COOKIE_CALL = /(Net\.Cookie\("[^"\n]{1,200}",[ \t]{0,9}")[^"\n]{0,8000}(")/g;
/** A body in a string, which says nothing of what is allowed. */
const BODY =
  /((?:["']body["']|\bbody|-Body|\.send\()[ \t]{0,9}[:=]?[ \t]{0,9})(["'])(?:(?!\2)(?:\\[^]|`[^]|[^\\])){1,200000}\2/g;
/** The same in an object of the code of a call, whose form says how it is sent. */
const BODY_OBJECT =
  /((?:\b(?:data|json|body)["']?[ \t]{0,9}:\s{0,40}|\.(?:post|put|patch)\(\s{0,40}(["'`])[^"'`\n]{1,8000}\2\s{0,40},\s{0,40})(?:JSON\.stringify\()?\{)([^{}]{1,20000})(?=\})/g;
const STRING = /(:\s{0,9})(["'`])(?:(?!\2)(?:\\[^]|[^\\])){1,8000}\2/g;

function bodyObject(_whole: string, before: string, _quote: string, fields: string): string {
  return before + fields.replaceAll(STRING, `$1$2${NOT_SHOWN}$2`);
}

/** After the name of its scheme, or a JSON Web Token. */
const TOKEN =
  /(\b(?:Bearer|Basic) {1,9})[\w.~+/=-]{6,8000}|\beyJ[\w-]{5,500}\.[\w-]{2,8000}(?:\.[\w-]{0,8000})?/g;
