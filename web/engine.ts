// The page's end of the worker: a queue, one request at a time, a worker that died is replaced
// once and its picture tried once more, then reported.
import type { EngineIdentity, Failure, WorkerMessage, WorkerRequest } from './messages';

/** The part of Worker that is needed here; tests put their own in its place. */
export interface Port {
  postMessage(message: WorkerRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface EngineEvents {
  ready(engine: EngineIdentity): void;
  unavailable(reason: 'no_simd' | 'not_loaded', what: string): void;
}

type Answers = Extract<WorkerMessage, { kind: 'read' | 'boxRead' }>;
export type Answer =
  | Omit<Extract<Answers, { kind: 'read' }>, 'id'>
  | Omit<Extract<Answers, { kind: 'boxRead' }>, 'id'>
  | { readonly kind: 'failed'; readonly failure: Failure; readonly pages: number };

interface Job {
  readonly request: WorkerRequest;
  readonly began: () => void;
  readonly answered: (answer: Answer) => void;
  readonly abort: AbortSignal;
  readonly isUrgent: boolean;
  tries: number;
}

const kMaxTries = 2;
const kMaxDeathsInARow = 3;

export class Engine {
  private port: Port | null = null;
  private isReady = false;
  private isPaused = false;
  private deathsInARow = 0;
  private waiting: Job[] = [];
  private running: Job | null = null;
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  /** `patienceMs`: a picture that takes longer counts as the death of its worker. */
  constructor(
    private readonly openPort: () => Port,
    private readonly events: EngineEvents,
    private readonly patienceMs = 60_000,
  ) {}

  /** Starts the worker, also again after it was unavailable. */
  start(): void {
    this.deathsInARow = 0;
    this.replacePort();
  }

  /**
   * Queues one picture, or one box of a picture. `began` is called when its turn comes, `answered` exactly once unless the
   * signal was raised before; `isUrgent` puts it ahead of those that wait.
   */
  read(
    request: WorkerRequest,
    abort: AbortSignal,
    answered: (answer: Answer) => void,
    { began = () => {}, isUrgent = false } = {},
  ): void {
    const job = { request, began, answered, abort, isUrgent, tries: 0 };
    if (isUrgent) this.waiting.unshift(job);
    else this.waiting.push(job);
    this.next();
  }

  /** While paused, only urgent jobs are begun. */
  setPaused(isPaused: boolean): void {
    if (this.isPaused === isPaused) return;
    this.isPaused = isPaused;
    this.next();
  }

  /** Jobs that are not urgent and not begun are never answered. */
  dropWaiting(): void {
    this.waiting = this.waiting.filter(({ isUrgent }) => isUrgent);
  }

  private replacePort(): void {
    this.closePort();
    const port = this.openPort();
    port.onmessage = (event) => this.hear(event.data);
    port.onerror = (event) => this.died(event.message);
    this.port = port;
  }

  private closePort(): void {
    this.isReady = false;
    if (this.port === null) return;
    this.port.onmessage = null;
    this.port.onerror = null;
    this.port.terminate();
    this.port = null;
  }

  private next(): void {
    if (!this.isReady || this.port === null || this.running !== null) return;
    const job = this.isPaused ? this.takeUrgent() : this.waiting.shift();
    if (job === undefined) return;
    if (job.abort.aborted) return this.next();
    this.running = job;
    job.tries += 1;
    job.began();
    this.watchdog = setTimeout(() => this.died('timeout'), this.patienceMs);
    this.port.postMessage(job.request);
  }

  private takeUrgent(): Job | undefined {
    const index = this.waiting.findIndex(({ isUrgent }) => isUrgent);
    return index < 0 ? undefined : this.waiting.splice(index, 1)[0];
  }

  private hear(message: WorkerMessage): void {
    switch (message.kind) {
      case 'ready':
        this.isReady = true;
        this.events.ready(message.engine);
        return this.next();
      case 'unavailable':
        return this.events.unavailable(message.reason, message.what);
      case 'read':
      case 'boxRead':
      case 'failed':
        this.deathsInARow = 0;
        return this.finish(message);
    }
  }

  private finish(answer: Answer): void {
    clearTimeout(this.watchdog);
    const job = this.running;
    this.running = null;
    if (job !== null && !job.abort.aborted) job.answered(answer);
    this.next();
  }

  private died(what: string): void {
    clearTimeout(this.watchdog);
    this.deathsInARow += 1;
    const job = this.running;
    this.running = null;
    if (job !== null && job.tries < kMaxTries) {
      this.waiting.unshift(job);
    } else if (job !== null && !job.abort.aborted) {
      job.answered({ kind: 'failed', failure: { code: 'engine_died', what }, pages: 1 });
    }
    if (job === null && this.deathsInARow >= kMaxDeathsInARow) {
      this.closePort();
      return this.events.unavailable('not_loaded', what);
    }
    this.replacePort();
  }
}
