// Tries each way of sending, one after the other, and tells what came of it. What stops a way is
// heard from the browser (securitypolicyviolation), not taken from the policy's words.
import { type Outcome, outcomeOf } from './outcome';
import { kWays } from './ways';

export interface Result {
  readonly way: string;
  readonly outcome: Outcome;
}

/** A name that no server can have (RFC 2606): what gets past the policy still reaches nobody. */
export const kNowhere = 'https://leukolens.invalid/';

/** Every way in the order of the results. */
export const kAllWays: readonly string[] = [...kWays.map(({ id }) => id), 'worker', 'home'];

/** An address of its own for each way, or null where the words are none that can be sent to. */
export function addressOf(words: string, way: string): URL | null {
  if (!URL.canParse(words)) return null;
  const address = new URL(words);
  if (address.protocol !== 'http:' && address.protocol !== 'https:') return null;
  return new URL(`?way=${way}`, address);
}

export interface SelfTestPage {
  /** From where pictures are read. */
  inWorker(address: string): Promise<Outcome>;
  told(result: Result): void;
}

/** To the address the page itself came from, where its parts lie. */
async function home(): Promise<Outcome> {
  const address = new URL('?way=home', location.href);
  return outcomeOf(
    { way: 'home', directives: ['connect-src'] },
    async () => {
      await fetch(address, { method: 'POST', body: 'self-test of LeukoLens' });
      return 'answered';
    },
    document,
  );
}

/** All ways to the address in `words`, and home; each is told as it ends. */
export async function runSelfTest(words: string, page: SelfTestPage): Promise<void> {
  for (const { id: way, directives = [], attempt } of kWays) {
    const address = addressOf(words, way);
    if (address === null) return;
    const mark = { way, directives };
    page.told({ way, outcome: await outcomeOf(mark, () => attempt(address), document) });
  }
  const fromWorker = addressOf(words, 'worker');
  if (fromWorker === null) return;
  page.told({ way: 'worker', outcome: await page.inWorker(fromWorker.href) });
  page.told({ way: 'home', outcome: await home() });
}
