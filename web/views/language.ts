// The page's language, each by the name it gives itself.
import { kLanguages, languageName, text } from '../i18n';
import type { State } from '../state';
import { element } from './element';
import type { Door, View } from './view';

export function createLanguage(door: Door): View {
  const options = kLanguages.map((language) =>
    element('option', { value: language, lang: language }, languageName(language)),
  );
  const choice = element(
    'select',
    { class: 'language', name: 'language', 'aria-label': text('language.label') },
    ...options,
  );
  choice.addEventListener('change', () =>
    door.dispatch({ type: 'languageChosen', language: choice.value }),
  );
  return {
    root: choice,
    update({ language }: State) {
      choice.value = language;
    },
  };
}
