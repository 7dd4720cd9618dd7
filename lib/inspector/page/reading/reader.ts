import { type LoadedJob, loadJob, type Reading, type ReadingJob, readLoaded } from './reading.js';

/** Without a worker, what would freeze the page is not read. */
const MAX_INLINE = 5_000_000;

interface Waiting {
  readonly job: ReadingJob;
  readonly done: (reading: Reading | null) => void;
}

/**
 * Reads pastes beside the page, so that it never stands still, in a worker that runs the page's own
 * script. Of several jobs only the last counts: those that it overtakes give null.
 */
export class Reader {
  private readonly worker: Worker | null;
  private isBusy = false;
  private next: Waiting | null = null;

  /** @param program the script of the page, as text */
  constructor(program: string | null) {
    this.worker = program === null ? null : workerOf(program);
  }

  read(job: ReadingJob): Promise<Reading | null> {
    return new Promise((done) => {
      this.next?.done(null);
      this.next = { job, done };
      if (!this.isBusy) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    while (this.next !== null) {
      const { job, done } = this.next;
      this.next = null;
      // oxlint-disable-next-line no-await-in-loop -- one at a time
      const reading = await this.readOne(job);
      done(this.isOvertaken() ? null : reading);
    }
    this.isBusy = false;
  }

  /** Whether another job came in while one was read. */
  private isOvertaken(): boolean {
    return this.next !== null;
  }

  private async readOne(job: ReadingJob): Promise<Reading> {
    // Here, since not every browser lets the worker of a file read files.
    const loaded = await loadJob(job);
    if ('paste' in loaded) return loaded;
    if (this.worker !== null) return answerOf(this.worker, loaded);
    return loaded.source.length <= MAX_INLINE ? readLoaded(loaded) : TOO_LONG;
  }
}

/** Nothing, where the worker fails. */
function answerOf(worker: Worker, job: LoadedJob): Promise<Reading> {
  return new Promise((done) => {
    const once = new AbortController();
    const { signal } = once;
    const end = (reading: Reading) => {
      once.abort();
      done(reading);
    };
    worker.addEventListener('message', ({ data }: MessageEvent<Reading>) => end(data), { signal });
    worker.addEventListener('error', ({ message }) => end(failed(message)), { signal });
    worker.postMessage(job, { transfer: [] });
  });
}

function failed(message: string): Reading {
  return { text: '', paste: null, urls: [], note: `The paste cannot be read: ${message}` };
}

const TOO_LONG: Reading = {
  text: '',
  paste: null,
  urls: [],
  note: `This browser reads at most ${MAX_INLINE / 1e6} MB here: copy the request alone, as \`Copy as cURL\`.`,
};

/** Null where the browser does not let a page have one. */
function workerOf(program: string): Worker | null {
  try {
    return new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })));
  } catch {
    return null;
  }
}

/** What the script of the page does where it is the script of a worker. */
export function answerJobs(): void {
  addEventListener('message', ({ data }: MessageEvent<LoadedJob>) => {
    postMessage(readLoaded(data));
  });
}
