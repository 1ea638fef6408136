// Fetches what the build wrote of the nets (about.json).
import { type About, kAboutPath } from './cards';

/** The reason in words where it can't be had. */
export async function loadAbout(
  partBlob: (path: string) => Promise<Blob>,
): Promise<About | string> {
  try {
    return JSON.parse(await (await partBlob(kAboutPath)).text()) as About;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
