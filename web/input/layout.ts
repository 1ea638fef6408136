// What the keys of this keyboard type, where the browser tells it before any is pressed.
import type { Stroke } from '../keys';

interface Keyboard {
  getLayoutMap(): Promise<ReadonlyMap<string, string>>;
}

const kBare = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

/** As if each key had been pressed once; none where the browser keeps it to itself. */
export async function strokesOfLayout(): Promise<readonly Stroke[]> {
  const { keyboard } = navigator as { readonly keyboard?: Keyboard };
  // Refused in frames and where the page is no secure one.
  const layout = await keyboard?.getLayoutMap().catch(() => null);
  const keys = [...(layout ?? new Map<string, string>())];
  return keys.map(([code, key]) => ({ ...kBare, code, key, isComposing: false }));
}
