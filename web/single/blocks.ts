// The parts inside the page of one file: blocks of base64 that no browser takes for a program.

/** A block's id is its path with this before it. */
const kPrefix = 'part:';

export function blockPaths(): readonly string[] {
  const blocks = document.querySelectorAll(`script[id^="${kPrefix}"]`);
  return [...blocks].map(({ id }) => id.slice(kPrefix.length));
}

export function blockBytes(path: string): Uint8Array<ArrayBuffer> {
  const words = document.getElementById(kPrefix + path)?.textContent;
  if (words === undefined || words === null) throw new Error(`${path}: not in this file`);
  return Uint8Array.from(atob(words), (one) => one.charCodeAt(0));
}

const kTypes: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  json: 'application/json',
  html: 'text/html',
  js: 'text/javascript',
};

export function blockBlob(path: string): Blob {
  return new Blob([blockBytes(path)], { type: kTypes[path.split('.').pop() ?? ''] ?? '' });
}
