import type { LookalikePattern } from './lookalike.js';

const SEND_HEADER =
  'The other server must send Access-Control-Allow-Origin with it, as most CDNs do.';

/** What such messages name in quotes. */
const IN_QUOTES = /['"‘“](?<url>https?:\/\/[^\s'"’”]{1,2000})['"’”]/;

/** Its content is to be compared, which needs reading it. */
export const integrity: LookalikePattern = {
  id: 'INTEGRITY',
  words:
    /has an integrity attribute, but the resource requires|is not eligible for integrity checks/,
  request: IN_QUOTES,
  checkFor: 'remedy',
  cause:
    'The `<script>` or `<link>` of another origin has `integrity`, but no `crossorigin`: without CORS, browsers may not compare its content, and block it.',
  fix: `Add \`crossorigin\` beside \`integrity\`. ${SEND_HEADER}`,
  code: [
    '<script src="…" integrity="…" crossorigin="anonymous"></script>',
    '<link rel="stylesheet" href="…" integrity="…" crossorigin="anonymous">',
  ],
};

/** What a page may load, but not read, since it did not ask for it with CORS. */
export const missingCrossorigin: readonly LookalikePattern[] = [
  integrity,
  {
    id: 'PRELOAD',
    words:
      /is found, but is not used because the request (?:credentials )?mode|looking at (?:the )?crossorigin attribute/,
    cause:
      'A `<link rel="preload">` and what uses it differ in `crossorigin`, so that the file is loaded twice. Fonts and `fetch()` always use CORS, even on the own origin.',
    fix: 'Write `crossorigin` on the preload of a font or of data, and leave it out where the `<script>`, `<img>` or stylesheet has none.',
    code: [
      '<link rel="preload" href="…" as="font" type="font/woff2" crossorigin>',
      '<link rel="preload" href="…" as="fetch" crossorigin>',
    ],
  },
  {
    id: 'SILENT_MEDIA',
    words:
      /outputs zero(?:e)?s due to CORS access restrictions|createMediaElementSource.{0,200}cross-origin/,
    request: /access restrictions for (?<url>https?:\/\/\S{1,2000})/,
    checkFor: 'remedy',
    cause:
      'The `<audio>` or `<video>` of another origin was loaded without CORS: it plays, but Web Audio gets only silence.',
    fix: `Set \`crossOrigin\` before \`src\`. ${SEND_HEADER}`,
    code: [
      '<audio src="…" crossorigin="anonymous"></audio>',
      "// or in a script, before src is set: audio.crossOrigin = 'anonymous';",
    ],
  },
  {
    id: 'TAINTED',
    words:
      /tainted|cross-origin data|texImage2D|cssRules|The operation is insecure|SecurityError.{0,200}(?:image|canvas|video|texture)/i,
    cause:
      'An image, video or stylesheet of another origin was loaded without CORS, so the page may not read it: no canvas may export it, no WebGL texture use it.',
    fix: "Set `crossOrigin = 'anonymous'` before `src` or `href`, and send Access-Control-Allow-Origin with it. For a page opened from disk (file://), start a local web server.",
    code: [
      '<img src="…" crossorigin="anonymous"> <!-- and likewise <video> -->',
      '<link rel="stylesheet" href="…" crossorigin="anonymous">',
      "// or in a script, before src is set: image.crossOrigin = 'anonymous';",
      '// html2canvas: { useCORS: true }; three.js: loader.setCrossOrigin(); Leaflet and OpenLayers: crossOrigin',
    ],
  },
  {
    id: 'SCRIPT_ERROR',
    words: /^\W{0,9}(?:Uncaught )?Script error\.?/im,
    cause:
      'An exception in a script of another origin: without CORS, the page learns nothing more about it.',
    fix: 'Load the script with `<script crossorigin>`, and send Access-Control-Allow-Origin with it.',
    code: ['<script src="…" crossorigin="anonymous"></script>'],
  },
];
