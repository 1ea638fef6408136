// The language of the page: which one it begins with, and where the page says which it is.
import { kLanguages, locale, setLanguage, text } from './i18n';

/**
 * The one a person has chosen here, or else the first of the browser's languages that there is, or
 * else English. `wanted`: language tags in the order of liking, such as "tr-TR".
 */
export function firstLanguage(chosen: string | null, wanted: readonly string[]): string {
  if (chosen !== null && kLanguages.includes(chosen)) return chosen;
  for (const tag of wanted) {
    const [primary = ''] = tag.toLowerCase().split('-');
    const known = kLanguages.find((one) => one.toLowerCase() === tag.toLowerCase());
    if (known !== undefined || kLanguages.includes(primary)) return known ?? primary;
  }
  return 'en';
}

/** Every text that is read from now on, the document's language and direction, and its manifest. */
export function speak(language: string): void {
  setLanguage(language);
  const { documentElement: root } = document;
  root.lang = locale();
  root.dir = text('direction');
  document.title = text('page.title');
  // The page of one file has none.
  document
    .querySelector('link[rel=manifest]')
    ?.setAttribute('href', `manifest.${language}.webmanifest`);
}
