// The pictures of a case as they may be kept: without what cameras write about them.
import type { PictureKey } from '../review/review';
import { strip } from './strip';

export interface KeptPicture {
  readonly blob: Blob;
  readonly ending: string;
}

/** Where pictures come from. */
export interface Sources {
  /** The file as it came, or null where it is not at hand. */
  fileOf(key: PictureKey): Blob | null;
  /** The pixels as the engine read them, as PNG; null where it can't. */
  pixelsOf(key: PictureKey): Promise<Blob | null>;
}

const kTypes = { jpg: 'image/jpeg', png: 'image/png' } as const;

export class Pictures {
  private readonly kept = new Map<PictureKey, Promise<KeptPicture | null>>();

  constructor(private readonly sources: Sources) {}

  /** null: the picture can't be had now; it is asked for again the next time. */
  take(key: PictureKey): Promise<KeptPicture | null> {
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const made = this.make(key);
    this.kept.set(key, made);
    void made.then((picture) => picture ?? this.kept.delete(key));
    return made;
  }

  /** A picture that came out of a case. */
  put(key: PictureKey, picture: KeptPicture): void {
    this.kept.set(key, Promise.resolve(picture));
  }

  forget(): void {
    this.kept.clear();
  }

  private async make(key: PictureKey): Promise<KeptPicture | null> {
    const file = this.sources.fileOf(key);
    if (file === null) return null;
    const bytes = await file.arrayBuffer().catch(() => null);
    const stripped = bytes === null ? null : strip(new Uint8Array(bytes));
    if (stripped !== null) {
      const { bytes: clean, ending } = stripped;
      return { blob: new Blob([clean], { type: kTypes[ending] }), ending };
    }
    const pixels = await this.sources.pixelsOf(key);
    return pixels === null ? null : { blob: pixels, ending: 'png' };
  }
}
