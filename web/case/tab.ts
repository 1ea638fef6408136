// What the tab and the browser remember beside cases: which case this tab had, and whether past ones
// are kept. Local files remember nothing, since browsers share their storage among all of them.

const kTabKey = 'leukolens.case';
const kHistoryKey = 'leukolens.history';

export function isWebOrigin(): boolean {
  return location.protocol === 'http:' || location.protocol === 'https:';
}

/** Some browsers keep nothing for a page; then there is no storage. */
function storages(): Storage[] {
  try {
    return [sessionStorage, localStorage];
  } catch {
    return [];
  }
}

export function caseOfTab(): string | null {
  return isWebOrigin() ? (storages()[0]?.getItem(kTabKey) ?? null) : null;
}

export function keepInTab(id: string): void {
  if (isWebOrigin()) storages()[0]?.setItem(kTabKey, id);
}

export function isHistoryOn(): boolean {
  return isWebOrigin() && storages()[1]?.getItem(kHistoryKey) === 'on';
}

export function rememberHistory(isOn: boolean): void {
  const [, local] = storages();
  if (isOn) local?.setItem(kHistoryKey, 'on');
  else local?.removeItem(kHistoryKey);
}

/** Everything of ours, the settings too. */
export function forgetAll(): void {
  for (const storage of storages()) {
    const ours = Object.keys(storage).filter((key) => key.startsWith('leukolens.'));
    for (const key of ours) storage.removeItem(key);
  }
}
