// A case belongs to one tab: the tab holds a lock with the case's name for as long as it lives.

const kPrefix = 'leukolens case ';

export interface CaseLock {
  release(): void;
}

const kNoLock: CaseLock = { release: () => undefined };

function ask(id: string): Promise<CaseLock | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(kPrefix + id, { ifAvailable: true }, (lock) => {
        if (lock === null) return resolve(null);
        return new Promise<void>((release) => resolve({ release }));
      })
      .catch(reject);
  });
}

/**
 * null: another tab has the case. A page that was just loaded again asks for a while, since the
 * browser may be about to let go of the lock of the page before. Browsers that lock nothing for
 * local files let every tab have it.
 */
export async function lockCase(id: string, patienceMs = 0): Promise<CaseLock | null> {
  if (!('locks' in navigator)) return kNoLock;
  const until = performance.now() + patienceMs;
  try {
    for (;;) {
      const lock = await ask(id);
      if (lock !== null || performance.now() >= until) return lock;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } catch {
    return kNoLock;
  }
}

/** Ids of the cases that tabs have. */
export async function lockedCases(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  const names = held.map(({ name = '' }) => name);
  return new Set(
    names.filter((name) => name.startsWith(kPrefix)).map((name) => name.slice(kPrefix.length)),
  );
}
