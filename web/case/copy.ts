// Keeps the browser's copy of the case in step: one writing at a time, the next one with what is
// newest by then. Notices when what was kept is gone, and keeps everything anew.
import { type CaseRecord, type Part, StorageLost, type Store } from './store';

/** What is to be kept now; `known`: names of the parts that are kept already. */
export type Taking = (
  known: ReadonlySet<string>,
) => Promise<{ readonly record: CaseRecord; readonly parts: readonly Part[] } | null>;

export interface CopyEvents {
  kept(): void;
  lost(): void;
}

export class Copy {
  private knownId: string | null = null;
  private readonly known = new Set<string>();
  private isWriting = false;
  private isWaiting = false;

  constructor(
    private readonly store: Store,
    private readonly take: Taking,
    private readonly events: CopyEvents,
  ) {}

  /** What is kept already after a case was opened from here. */
  begin(id: string | null, parts: Iterable<string>): void {
    this.knownId = id;
    this.known.clear();
    for (const name of parts) this.known.add(name);
  }

  /** Something has changed. */
  async write(): Promise<void> {
    if (this.isWriting) {
      this.isWaiting = true;
      return;
    }
    this.isWriting = true;
    do {
      this.isWaiting = false;
      await this.writeOnce();
    } while (this.isWaiting);
    this.isWriting = false;
  }

  private async writeOnce(): Promise<void> {
    const taken = await this.take(this.known);
    if (taken === null) return;
    const { record, parts } = taken;
    const isKnown = this.knownId === record.id;
    try {
      await this.store.put(record, parts, isKnown);
    } catch (error) {
      // Full, forbidden or wiped: the person is told, and the next action tries again with all.
      this.begin(null, []);
      if (isKnown || !(error instanceof StorageLost)) this.events.lost();
      if (error instanceof StorageLost) this.isWaiting = true;
      return;
    }
    this.knownId = record.id;
    for (const { name } of parts) this.known.add(name);
    this.events.kept();
  }
}
