/// <reference lib="dom" />
import type { RealBrowser } from '../browsers/real-browser.js';

/** What is to be seen of the page. */
export interface Sight {
  /** What the box shows, and what is said of it. */
  readonly box: string;
  readonly note: string;
  /** What stands in all other fields. */
  readonly fields: readonly string[];
  /** Headings of the answer, lookalikes first. */
  readonly headings: readonly string[];
  /** How the picture reads aloud. */
  readonly picture: string;
  readonly proof: string;
  readonly browsers: readonly string[];
  /** The code of each block, by its label. */
  readonly code: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * The page as a user has it. Whatever is done in it, it is waited for until the page has nothing left
 * to show.
 */
export class OpenedPage {
  constructor(
    private readonly browser: RealBrowser,
    readonly url: string,
  ) {}

  async open(fragment = ''): Promise<void> {
    // A page that differs in its fragment only would not be loaded again.
    await this.browser.open('about:blank');
    await this.browser.open(this.url + fragment);
    await this.browser.run(prepare, null);
  }

  /** Pastes a text into the box, in place of all that is there. */
  async paste(text: string): Promise<Sight> {
    await this.browser.run(pasteText, text);
    return this.sight();
  }

  /** Opens a file by the button. */
  async openFile(name: string, text: string): Promise<Sight> {
    await this.browser.run(chooseFile, { name, text });
    return this.sight();
  }

  /** Clicks the control with that text, or sets the one with that label. */
  async click(text: string, within = 'body'): Promise<Sight> {
    await this.browser.run(clickOn, { text, within });
    return this.sight();
  }

  /** Clicks, and waits until the page says something that its server has to answer first. */
  async until(text: string, words: string): Promise<Sight> {
    await this.browser.run(clickOn, { text, within: 'body' });
    await this.browser.run(said, words);
    return this.sight();
  }

  async set(label: string, value: string): Promise<Sight> {
    await this.browser.run(setField, { label, value });
    return this.sight();
  }

  /** What the button of a block of code copies. */
  copied(label: string): Promise<string> {
    return this.browser.run(copyFrom, label);
  }

  sight(): Promise<Sight> {
    return this.browser.run(settled, null);
  }

  /** What went wrong: violations of the policy, errors, scripts that ran and should not. */
  faults(): Promise<readonly string[]> {
    return this.browser.run(() => Promise.resolve((window as unknown as Seen).faults), null);
  }

  /** The link that the page has for it. */
  link(): Promise<string> {
    return this.browser.run(copyLink, null);
  }

  async fragment(): Promise<string> {
    return new URL(await this.link()).hash;
  }

  /** Waits until the address has that fragment. */
  written(fragment: string): Promise<string> {
    return this.browser.run(writtenFragment, fragment);
  }
}

/** What the page is watched by. */
interface Seen {
  faults: string[];
  copied: string[];
}

/** Runs in the page. */
async function prepare(): Promise<void> {
  const seen: Seen = { faults: [], copied: [] };
  Object.assign(window, seen);
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    seen.faults.push(`${violatedDirective} ${blockedURI}`);
  });
  window.addEventListener('error', ({ message }) => seen.faults.push(message));
  window.addEventListener('unhandledrejection', ({ reason }) => seen.faults.push(String(reason)));
  Object.defineProperty(window, 'hacked', {
    set: (by: unknown) => {
      seen.faults.push(`a script ran: ${String(by)}`);
    },
  });
  Object.defineProperty(navigator, 'clipboard', {
    value: {
      writeText: (text: string) => {
        seen.copied.push(text);
        return Promise.resolve();
      },
    },
  });
  await Promise.resolve();
}

async function pasteText(text: string): Promise<void> {
  const box = document.querySelector('textarea');
  if (box === null) throw new Error('There is no box');
  box.focus();
  box.select();
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const options = { clipboardData, bubbles: true, cancelable: true };
  const event = new ClipboardEvent('paste', options);
  // Some browsers leave it out of events that a page makes.
  if (event.clipboardData?.getData('text/plain') !== text) {
    Object.defineProperty(event, 'clipboardData', { value: clipboardData });
  }
  box.dispatchEvent(event);
  await Promise.resolve();
}

async function chooseFile({ name, text }: { name: string; text: string }): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (input === null) throw new Error('There is no button for files');
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await Promise.resolve();
}

async function clickOn({ text, within }: { text: string; within: string }): Promise<void> {
  const controls = document.querySelector(within)?.querySelectorAll<HTMLElement>('button, label');
  const control = [...(controls ?? [])].find((one) => one.textContent?.trim() === text);
  if (control === undefined) throw new Error(`There is nothing to click on that says ${text}`);
  control.click();
  await Promise.resolve();
}

async function setField({ label, value }: { label: string; value: string }): Promise<void> {
  const labels = [...document.querySelectorAll('label')];
  const of = labels.find((one) => one.firstChild?.textContent?.trim() === label);
  const field = (of?.control ?? document.querySelector(`[aria-label="${label}"]`)) as
    HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | null;
  if (field === null) throw new Error(`There is no field ${label}`);
  field.value = value;
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
  await Promise.resolve();
}

async function copyFrom(label: string): Promise<string> {
  const { copied } = window as unknown as Seen;
  const block = [...document.querySelectorAll('.code')].find(
    (one) => one.querySelector('.code-head span')?.textContent === label,
  );
  const before = copied.length;
  block?.querySelector('button')?.click();
  await Promise.resolve();
  if (copied.length !== before + 1) throw new Error(`Nothing was copied from ${label}`);
  return copied.at(-1) ?? '';
}

async function copyLink(): Promise<string> {
  const buttons = [...document.querySelectorAll<HTMLElement>('button')];
  buttons.find((one) => one.textContent?.startsWith('Copy a link'))?.click();
  await Promise.resolve();
  return (window as unknown as Seen).copied.at(-1) ?? '';
}

async function said(words: string): Promise<void> {
  for (let frames = 0; !document.body.innerText.includes(words); frames += 1) {
    if (frames > 900) throw new Error(`The page never said ${words}: ${document.body.innerText}`);
    // oxlint-disable-next-line no-await-in-loop
    await new Promise(requestAnimationFrame);
  }
}

async function writtenFragment(fragment: string): Promise<string> {
  for (let frames = 0; location.hash !== fragment; frames += 1) {
    if (frames > 900) throw new Error(`The address is still ${location.hash}`);
    // oxlint-disable-next-line no-await-in-loop
    await new Promise(requestAnimationFrame);
  }
  return location.hash;
}

/** Waits until the page has read and judged what there is, and has shown it. */
async function settled(): Promise<Sight> {
  const textOf = (one: Element | null) => (one?.textContent ?? '').trim();
  let quiet = 0;
  while (quiet < 4) {
    // oxlint-disable-next-line no-await-in-loop
    await new Promise(requestAnimationFrame);
    quiet = document.querySelector('[aria-busy=false]') === null ? 0 : quiet + 1;
  }
  const code = [...document.querySelectorAll('.code')].map((one) => [
    textOf(one.querySelector('.code-head span')),
    one.querySelector('pre')?.textContent ?? '',
  ]);
  return {
    box: document.querySelector('textarea')?.value ?? '',
    note: textOf(document.querySelector('.paste-note')),
    fields: [...document.querySelectorAll('input')].map(({ value }) => value),
    headings: [...document.querySelectorAll('.verdict h2')].map((one) => textOf(one)),
    picture: textOf(document.querySelector('svg desc')),
    proof: textOf(document.querySelector('.proof h3')),
    browsers: [...document.querySelectorAll('.proof li')].map((one) => textOf(one)),
    code: Object.fromEntries(code),
    text: document.body.innerText,
  };
}
