import { printable } from '../../text/escape.js';
import type { Blocked } from '../fetch/user-agent.js';
import type { Fix } from '../simulation.js';
import { type GuideFor, noSetting } from './guide-entry.js';

/** What blocks a response that the page cannot read, but wants to show or run. */
export const embeddingGuide: GuideFor<'CORP' | 'ORB'> = {
  CORP: {
    cause:
      'The response has Cross-Origin-Resource-Policy, or the page has Cross-Origin-Embedder-Policy, and the two do not allow this embedding.',
    fix: "Send `Cross-Origin-Resource-Policy: cross-origin` with the resource (Helmet: `crossOriginResourcePolicy: { policy: 'cross-origin' }`), or load it with `crossorigin` and CORS.",
    fixFor: (blocked) => ({
      kind: 'allow-embedding',
      options: {},
      sentence:
        `${whyRefused(blocked)}: send \`Cross-Origin-Resource-Policy: cross-origin\` with it, or load it ` +
        "with `crossorigin` (`mode: 'cors'`) and allow the page's origin.",
    }),
  },
  ORB: {
    cause:
      'An `<img>`, `<script>` or `<video>` of another origin received something else: mostly an error page or JSON, which Opaque Response Blocking keeps from the page.',
    fix: 'Respond with the image or script, its right Content-Type and status 200. Data belongs in `fetch()` with CORS.',
    fixFor: wrongType,
  },
};

function whyRefused({ failure: { details } }: Blocked): string {
  return details.embedderPolicy === true
    ? 'The page has Cross-Origin-Embedder-Policy, and the response no Cross-Origin-Resource-Policy'
    : `The response has \`Cross-Origin-Resource-Policy: ${printable(details.value ?? '')}\`, and the page is not of that ${details.value === 'same-site' ? 'site' : 'origin'}`;
}

function wrongType({ request, failure: { details } }: Blocked): Fix {
  const { value = '', status = 0 } = details;
  return noSetting(
    'correct-type',
    `The ${request.destination} came as \`${printable(value)}\` with status ${status}, which cannot be one: ` +
      'respond with the resource under its own type; a page reads data by `fetch()` with CORS.',
  );
}
