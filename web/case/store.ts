// The browser's own copy of cases, so that a reload loses nothing: IndexedDB, one record for each
// case and its pictures beside it. Only pages from a web server use it: browsers share the storage
// of local files among all of them.

export interface CaseRecord {
  readonly id: string;
  readonly touchedMs: number;
  readonly cells: number;
  /** case.json, as it would be saved. */
  readonly json: string;
  /** Undo and redo, which no file holds. */
  readonly history: unknown;
}

/** A picture without what cameras write about it, or a cell cut out. */
export interface Part {
  /** The member's name in the archive. */
  readonly name: string;
  readonly blob: Blob;
}

/** The browser or the person has wiped what was kept. */
export class StorageLost extends Error {
  override readonly name = 'StorageLost';
}

const kName = 'leukolens';
const kVersion = 1;

function asked<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new StorageLost());
  });
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(kName, kVersion);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('cases', { keyPath: 'id' });
    request.result.createObjectStore('parts');
  };
  return asked(request);
}

function partsOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

export class Store {
  private constructor(private database: IDBDatabase) {
    this.listen();
  }

  private isOpen = true;

  /** null where the browser keeps nothing for this page. */
  static async open(): Promise<Store | null> {
    return openDatabase().then(
      (database) => new Store(database),
      () => null,
    );
  }

  private listen(): void {
    const close = (): void => {
      this.isOpen = false;
      this.database.close();
    };
    this.database.onclose = close;
    this.database.onversionchange = close;
  }

  private async at(mode: IDBTransactionMode): Promise<IDBTransaction> {
    if (!this.isOpen) {
      this.database = await openDatabase();
      this.isOpen = true;
      this.listen();
    }
    return this.database.transaction(['cases', 'parts'], mode);
  }

  /**
   * Writes the record and new parts. `isKnown`: it was written before; where it then is no more,
   * nothing is written and StorageLost thrown.
   */
  async put(record: CaseRecord, parts: readonly Part[], isKnown: boolean): Promise<void> {
    const transaction = await this.at('readwrite');
    const done = finished(transaction);
    const cases = transaction.objectStore('cases');
    if (isKnown && (await asked(cases.getKey(record.id))) === undefined) {
      done.catch(() => undefined);
      transaction.abort();
      throw new StorageLost();
    }
    cases.put(record);
    for (const { name, blob } of parts)
      transaction.objectStore('parts').put(blob, [record.id, name]);
    await done;
  }

  async get(id: string): Promise<CaseRecord | null> {
    const cases = (await this.at('readonly')).objectStore('cases');
    return (await asked(cases.get(id) as IDBRequest<CaseRecord | undefined>)) ?? null;
  }

  async has(id: string): Promise<boolean> {
    const cases = (await this.at('readonly')).objectStore('cases');
    return (await asked(cases.getKey(id))) !== undefined;
  }

  async parts(id: string): Promise<ReadonlyMap<string, Blob>> {
    const parts = (await this.at('readonly')).objectStore('parts');
    const [keys, blobs] = await Promise.all([
      asked(parts.getAllKeys(partsOf(id))) as Promise<[string, string][]>,
      asked(parts.getAll(partsOf(id))) as Promise<Blob[]>,
    ]);
    return new Map(keys.map(([, name], at) => [name, blobs[at] as Blob]));
  }

  async list(): Promise<readonly CaseRecord[]> {
    const cases = (await this.at('readonly')).objectStore('cases');
    return asked(cases.getAll() as IDBRequest<CaseRecord[]>);
  }

  async remove(id: string): Promise<void> {
    const transaction = await this.at('readwrite');
    transaction.objectStore('cases').delete(id);
    transaction.objectStore('parts').delete(partsOf(id));
    await finished(transaction);
  }

  async wipe(): Promise<void> {
    this.isOpen = false;
    this.database.close();
    await asked(indexedDB.deleteDatabase(kName));
  }
}
