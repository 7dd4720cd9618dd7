import { strictEqual } from 'node:assert';
import cors from 'cors';
import { decider } from '../work/decide.mjs';
import { freshCopies } from '../work/fresh.mjs';
import { HeaderSink } from '../work/header-sink.mjs';

const SAMPLE = 64;

/** Origins number `index`, as an option, as what `cors` takes for it, and as a page's. */
const KINDS = {
  exact: {
    option: (index) => `https://tenant-${index}.example.com`,
    forCors: (index) => `https://tenant-${index}.example.com`,
    origin: (index) => `https://tenant-${index}.example.com`,
  },
  pattern: {
    option: (index) => `https://*.tenant-${index}.example.com`,
    forCors: regExp,
    origin: (index) => `https://app.tenant-${index}.example.com`,
  },
  regexp: {
    option: regExp,
    forCors: regExp,
    origin: (index) => `https://app.tenant-${index}.example.com`,
  },
};

/** One decision by a list of `size` origins; half of the requests come from unknown origins. */
export function makeLoop(layer, kind, written) {
  const size = Number(written);
  const { option, forCors, origin } = KINDS[kind];
  const list = (make) => Array.from({ length: size }, (_, index) => make(index));
  const decide =
    layer === 'ours' ? linesOfOurs(list(option)) : linesOfCors({ origin: list(forCors) });
  const origins = [];
  for (let i = 0; i < SAMPLE; i++) {
    origins.push(origin(Math.floor((i * size) / SAMPLE)), origin(size + i));
  }
  for (const [index, each] of origins.entries()) {
    strictEqual(decide(each), index % 2 === 0 ? 2 : 0, `${layer} decides wrongly on ${each}`);
  }
  return {
    prepare: freshCopies(origins),
    run(inputs) {
      let lines = 0;
      for (const input of inputs) lines += decide(input);
      return lines;
    },
  };
}

function linesOfOurs(origin) {
  const decide = decider({ origin });
  return (from) => decide(from).length;
}

function linesOfCors(options) {
  const middleware = cors(options);
  return (from) => {
    const response = new HeaderSink();
    middleware({ method: 'GET', headers: { origin: from } }, response, ignore);
    return response.getHeader('Access-Control-Allow-Origin') === undefined ? 0 : 2;
  };
}

function regExp(index) {
  return new RegExp(`^https://[a-z0-9-]+\\.tenant-${index}\\.example\\.com$`);
}

function ignore() {}
