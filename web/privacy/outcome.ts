// What came of an attempt to send, as the browser tells it: in the page or in its worker.

/** What the attempt came to, as far as the page can see; a policy's report is heard elsewhere. */
export type Came = 'answered' | 'nothing' | 'absent';

/**
 * 'blocked': the browser reported that the policy forbade it. 'open': nothing stopped it; `what` is
 * what came back. 'silent': neither was told. 'absent': this browser has no such way.
 */
export type Outcome =
  | { readonly kind: 'blocked'; readonly directive: string }
  | { readonly kind: 'open'; readonly what: string }
  | { readonly kind: 'silent' }
  | { readonly kind: 'absent' };

/** The report is an event of its own, which may come after the failure it explains. */
const kReportMs = 300;

export function after(ms: number): Promise<'nothing'> {
  return new Promise((resolve) => setTimeout(() => resolve('nothing'), ms));
}

interface Violation {
  readonly effectiveDirective: string;
  readonly blockedURI: string;
}

/** By what a report is known to be of this attempt. */
export interface Mark {
  /** The attempt's own address ends with `?way=` and this. */
  readonly way: string;
  /** Those that browsers report with no more than the address's origin. */
  readonly directives?: readonly string[];
}

/** A report can come so late that it is heard during the next attempt: each has its own address. */
function isOf(
  { way, directives = [] }: Mark,
  { blockedURI, effectiveDirective }: Violation,
): boolean {
  if (blockedURI.includes('?way=')) return blockedURI.endsWith(`?way=${way}`);
  return directives.includes(effectiveDirective);
}

/** `attempt` in the hearing of `heard`; a worker hears of its own policy only. */
export async function outcomeOf(
  mark: Mark,
  attempt: () => Promise<Came>,
  heard: EventTarget,
): Promise<Outcome> {
  let report = (_: Outcome): void => {};
  const reported = new Promise<Outcome>((resolve) => (report = resolve));
  const hear = (event: Event): void => {
    const violation = event as Event & Violation;
    if (isOf(mark, violation)) report({ kind: 'blocked', directive: violation.effectiveDirective });
  };
  heard.addEventListener('securitypolicyviolation', hear);
  try {
    const told = await Promise.race([reported, toldBy(attempt)]);
    return await Promise.race([reported, after(kReportMs).then(() => told)]);
  } finally {
    heard.removeEventListener('securitypolicyviolation', hear);
  }
}

async function toldBy(attempt: () => Promise<Came>): Promise<Outcome> {
  try {
    const came = await attempt();
    if (came === 'absent') return { kind: 'absent' };
    return came === 'nothing' ? { kind: 'silent' } : { kind: 'open', what: '' };
  } catch (error) {
    return { kind: 'open', what: error instanceof Error ? error.message : String(error) };
  }
}
