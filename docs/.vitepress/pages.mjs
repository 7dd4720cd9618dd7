/** The pages of docs/ by task, in reading order: the sidebar, and the order of llms-full.txt. */
export const TASKS = [
  ['Start', ['start', 'how-it-works', 'questions', 'compatibility']],
  ['Policies', ['policies', 'options', 'operation']],
  ['Origins', ['origins']],
  ['Routes', ['routing', 'integrations', 'recipes']],
  ['Errors', ['refused-at-boot', 'troubleshooting', 'responses']],
  ['Tools', ['diagnosis', 'inspector', 'testing', 'policy-file', 'verify']],
  ['Deployment', ['deployment', 'browsers', 'performance']],
  ['Migration', ['migration', 'servers']],
];

/** @returns a page's title, as its first heading has it, without markup */
export function titleOf(markdown) {
  const [, title = ''] = /^# (.*)$/m.exec(markdown) ?? [];
  return title.replaceAll('`', '');
}

/** @returns what a page says first, in one line and without markup, or nothing */
export function summaryOf(markdown) {
  const prose = markdown
    .replace(/^---\n[^]*?\n---\n/, '')
    .replace(/<!--[^]*?-->/g, '')
    .replace(/^```[^]*?^```$/gm, '');
  const paragraph = prose.split(/\n{2,}/).find((text) => /^[A-Z`[]/.test(text)) ?? '';
  const [sentence] = /^.*?[.:](?=\s|$)/.exec(plain(paragraph)) ?? [''];
  return sentence.replace(/:$/, '.');
}

function plain(text) {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`_*]/g, '');
}
