// What a person has set for themselves on this device: nothing of any picture, cell or case.
import { type KeySettings, kDefaultKeys } from './keys';

const kKeys = 'leukolens.keys';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** The keys as they were saved; what isn't understood is left out. */
export function parseKeys(saved: string | null): KeySettings {
  let read: unknown;
  try {
    read = JSON.parse(saved ?? 'null');
  } catch {
    return kDefaultKeys;
  }
  if (!isRecord(read)) return kDefaultKeys;
  const entries = isRecord(read['own']) ? Object.entries(read['own']) : [];
  const own = entries.filter((entry): entry is [string, string[]] => isListOfTexts(entry[1]));
  return { ...kDefaultKeys, areOn: read['areOn'] !== false, own: Object.fromEntries(own) };
}

/** Some browsers keep nothing for a page, then the first keys hold. */
export function loadKeys(): KeySettings {
  try {
    return parseKeys(localStorage.getItem(kKeys));
  } catch {
    return kDefaultKeys;
  }
}

export function saveKeys({ areOn, own }: KeySettings): void {
  try {
    localStorage.setItem(kKeys, JSON.stringify({ areOn, own }));
  } catch {
    // They hold until the page is closed.
  }
}

const kTemplate = 'leukolens.template';

/** Empty: the page's own. */
export function loadTemplate(): string {
  try {
    return localStorage.getItem(kTemplate) ?? '';
  } catch {
    return '';
  }
}

export function saveTemplate(template: string): void {
  try {
    if (template === '') localStorage.removeItem(kTemplate);
    else localStorage.setItem(kTemplate, template);
  } catch {
    // It holds until the page is closed.
  }
}

const kPinned = 'leukolens.pinned';

export function loadPin(): boolean {
  try {
    return localStorage.getItem(kPinned) === 'on';
  } catch {
    return false;
  }
}

export function savePin(isPinned: boolean): void {
  try {
    if (isPinned) localStorage.setItem(kPinned, 'on');
    else localStorage.removeItem(kPinned);
  } catch {
    // It holds until the page is closed.
  }
}

const kLanguage = 'leukolens.language';

/** null: none was chosen here. */
export function loadLanguage(): string | null {
  try {
    return localStorage.getItem(kLanguage);
  } catch {
    return null;
  }
}

export function saveLanguage(language: string): void {
  try {
    localStorage.setItem(kLanguage, language);
  } catch {
    // It holds until the page is closed.
  }
}
