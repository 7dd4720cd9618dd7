import { type Reading, type ReadingJob, readJob } from './reading.js';

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
  private current: Waiting | null = null;
  private next: Waiting | null = null;

  /** @param program the script of the page, as text */
  constructor(program: string | null) {
    this.worker = program === null ? null : workerOf(program);
    this.worker?.addEventListener('message', ({ data }: MessageEvent<Reading>) => this.end(data));
    this.worker?.addEventListener('error', () => this.end(null));
  }

  read(job: ReadingJob): Promise<Reading | null> {
    return new Promise((done) => {
      this.next?.done(null);
      this.next = { job, done };
      if (this.current === null) this.begin();
    });
  }

  private begin(): void {
    this.current = this.next;
    this.next = null;
    if (this.current === null) return;
    const { job } = this.current;
    if (this.worker === null) void readInline(job).then((reading) => this.end(reading));
    else this.worker.postMessage(job, { transfer: [] });
  }

  private end(reading: Reading | null): void {
    const ended = this.current;
    this.current = null;
    ended?.done(this.next === null ? reading : null);
    this.begin();
  }
}

/** Null where the browser does not let a page have one. */
function workerOf(program: string): Worker | null {
  try {
    return new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })));
  } catch {
    return null;
  }
}

function readInline(job: ReadingJob): Promise<Reading> {
  const size = typeof job.source === 'string' ? job.source.length : job.source.size;
  if (size <= MAX_INLINE) return readJob(job);
  return Promise.resolve({
    text: '',
    paste: null,
    urls: [],
    note: `This browser reads at most ${MAX_INLINE / 1e6} MB here: copy the request alone, as \`Copy as cURL\`.`,
  });
}

/** What the script of the page does where it is the script of a worker. */
export function answerJobs(): void {
  addEventListener('message', ({ data }: MessageEvent<ReadingJob>) => {
    void readJob(data).then((reading) => postMessage(reading));
  });
}
