// The file on the person's disk. Where the browser lets the page hold it, it is written anew after
// every action; elsewhere each saving is a download.

interface SavePicker {
  showSaveFilePicker(options: object): Promise<FileSystemFileHandle>;
}

function hasPicker(page: object): page is SavePicker {
  return 'showSaveFilePicker' in page;
}

/** Long enough for the browser to have begun saving. */
const kKeepLinkMs = 10_000;

export function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), kKeepLinkMs);
}

export class CaseOnDisk {
  private handle: FileSystemFileHandle | null = null;

  get isHeld(): boolean {
    return this.handle !== null;
  }

  /**
   * Asks where to save, if this browser can and no place is known. false: the person took it back.
   * To be called right after a press, or browsers refuse.
   */
  async choose(name: string): Promise<boolean> {
    if (this.handle !== null || !hasPicker(window)) return true;
    const types = [{ accept: { 'application/x-leukolens-case': ['.leukolens'] } }];
    try {
      this.handle = await window.showSaveFilePicker({ suggestedName: name, types });
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return false;
      // The browser has the picker but lets nobody use it here, such as in a frame.
      return true;
    }
  }

  /** The name that the file has now. */
  async write(name: string, blob: Blob): Promise<string> {
    if (this.handle === null) {
      download(name, blob);
      return name;
    }
    const stream = await this.handle.createWritable();
    await stream.write(blob);
    await stream.close();
    return this.handle.name;
  }

  forget(): void {
    this.handle = null;
  }
}
