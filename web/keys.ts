// Keys: what a keystroke is called, which command it calls, and what its cap shows. A key that
// types a character is known by its place (KeyboardEvent.code), so that a row of keys stays a row on
// AZERTY and Turkish-Q; '?' and the like by the character, wherever it lies; Ctrl+Z by its letter.

/** "KeyA", "Digit1", "Shift+Enter", "ArrowLeft", "Space", "Mod+z" (Ctrl or ⌘), "char:?". */
export type Chord = string;

/** The part of KeyboardEvent that is needed here. */
export interface Stroke {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
}

export interface KeySettings {
  /** Whether keys that type a character call commands; the others always do. */
  readonly areOn: boolean;
  /** The person's own keys by name of command; they take the place of the command's. */
  readonly own: Readonly<Record<string, readonly Chord[]>>;
  /** What the keys type on this keyboard, as far as it was seen: code to character. */
  readonly caps: Readonly<Record<string, string>>;
}

export const kDefaultKeys: KeySettings = { areOn: true, own: {}, caps: {} };

const kAsciiLetter = /^[a-z]$/i;
const kTyping =
  /^(Key[A-Z]|Digit\d|Minus|Equal|Bracket\w+|Semicolon|Quote|Backquote|Backslash|Comma|Period|Slash|Intl\w+)$/;

function isCharacter(key: string): boolean {
  return [...key].length === 1 || key === 'Dead';
}

/** Ctrl+Z is Z where the letter lies; where the letters are not Latin, where Z lies elsewhere. */
function letterOf({ key, code }: Stroke): string {
  if (kAsciiLetter.test(key)) return key.toLowerCase();
  return code.startsWith('Key') ? code.slice(3).toLowerCase() : key;
}

/** The digit a stroke stands for: on the number pad, or typed with Shift as on AZERTY. */
function digitOf({ key }: Stroke): Chord | null {
  return /^\d$/.test(key) ? `Digit${key}` : null;
}

function codeOf({ key, code }: Stroke): string | null {
  if (kTyping.test(code)) return code;
  // Keyboards on the screen tell no code.
  return code === '' && kAsciiLetter.test(key) ? `Key${key.toUpperCase()}` : null;
}

/** All names of a stroke, the one that counts first; none for those that are not for the page. */
export function chordsOf(stroke: Stroke): readonly Chord[] {
  const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = stroke;
  if (isComposing || altKey || (ctrlKey && metaKey)) return [];
  const shift = shiftKey ? 'Shift+' : '';
  if (ctrlKey || metaKey) return [`Mod+${shift}${isCharacter(key) ? letterOf(stroke) : key}`];
  if (key === ' ') return [`${shift}Space`];
  if (!isCharacter(key)) return [`${shift}${key}`];
  const code = codeOf(stroke);
  const names = [code === null ? null : `${shift}${code}`, digitOf(stroke), `char:${key}`];
  return [...new Set(names)].filter((name) => name !== null);
}

/** Whether a chord types a character, and so is one that a person can turn off. */
export function isTyping(chord: Chord): boolean {
  return chord.startsWith('char:') || kTyping.test(chord.replace(/^Shift\+/, ''));
}

/** Whether a person can make it a shortcut: neither the browser's own nor needed to get around. */
export function canBeOwn(chord: Chord): boolean {
  return !chord.startsWith('Mod+') && !/^(Shift\+)?(Tab|Escape|F\d+)$/.test(chord);
}

/** Whether a stroke belongs to the field that is written or chosen in, not to the page. */
export function isForField(target: unknown): boolean {
  if (typeof Element === 'undefined' || !(target instanceof Element)) return false;
  if (target instanceof HTMLElement && target.isContentEditable) return true;
  const isPlain = 'input:is([type=checkbox], [type=button])';
  return target.matches('input, textarea, select') && !target.matches(isPlain);
}

const kSigns: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '⏎',
  Backspace: '⌫',
  Minus: '-',
  Equal: '=',
};

/** A Turkish keyboard has I and İ: one that types ı, or i where others have the apostrophe. */
function isTurkish(caps: KeySettings['caps']): boolean {
  return caps['Quote'] === 'i' || Object.values(caps).includes('ı');
}

function capOf(name: string, caps: KeySettings['caps']): string {
  if (name.startsWith('char:')) return name.slice('char:'.length);
  if (name.startsWith('Digit')) return name.slice('Digit'.length);
  const seen = caps[name];
  if (seen !== undefined) return seen.toLocaleUpperCase(isTurkish(caps) ? 'tr' : 'en');
  return kSigns[name] ?? (name.startsWith('Key') ? name.slice('Key'.length) : name.toUpperCase());
}

/** What to press, in signs that stand on keys; names of keys without a sign by `word`. */
export function chordCaps(
  chord: Chord,
  caps: KeySettings['caps'],
  word: (name: string) => string | null,
): readonly string[] {
  const parts = chord.startsWith('char:') ? [chord] : chord.split('+');
  return parts.map((part) => word(part) ?? capOf(part, caps));
}

/** Notes what a stroke's key types, so that the page can name it as it stands on the keyboard. */
export function withCap(settings: KeySettings, stroke: Stroke): KeySettings {
  const { key, code, shiftKey, ctrlKey, altKey, metaKey } = stroke;
  if (shiftKey || ctrlKey || altKey || metaKey || key === 'Dead' || !isCharacter(key)) {
    return settings;
  }
  if (!kTyping.test(code) || settings.caps[code] === key) return settings;
  return { ...settings, caps: { ...settings.caps, [code]: key } };
}
