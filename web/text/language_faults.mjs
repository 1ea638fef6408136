// What is wrong with a language's texts, held against the English ones, in words.
const kGap = /\{\w+\}/g;

function gapsIn(words) {
  return [...new Set(words.match(kGap) ?? [])].sort().join(' ');
}

/** A plural has just the forms that its language tells apart. */
function faultsOfForms(key, english, own, forms) {
  if (typeof own !== 'object') return [`${key} is no plural`];
  const faults = forms
    .filter((form) => typeof own[form] !== 'string')
    .map((form) => `${key} lacks the form “${form}”`);
  for (const [form, words] of Object.entries(own)) {
    if (!forms.includes(form))
      faults.push(`${key} has the form “${form}”, which the language has not`);
    if (gapsIn(words) !== gapsIn(english.other)) faults.push(`${key}, “${form}”: other gaps`);
  }
  return faults;
}

function faultsOfText(key, english, own) {
  if (typeof own !== 'string') return [`${key} is no text`];
  if (own.trim() === '') return [`${key} is empty`];
  return gapsIn(own) === gapsIn(english) ? [] : [`${key}: other gaps`];
}

/** Empty: the language is complete. */
export function faultsOf(english, own) {
  const missing = Object.keys(english).filter((key) => !Object.hasOwn(own, key));
  const unknown = Object.keys(own).filter((key) => !Object.hasOwn(english, key));
  const faults = [
    ...missing.map((key) => `${key} is missing`),
    ...unknown.map((key) => `${key} is unknown`),
  ];
  if (!['ltr', 'rtl'].includes(own.direction)) faults.push('direction is neither ltr nor rtl');
  const forms = new Intl.PluralRules(own.locale).resolvedOptions().pluralCategories;
  for (const [key, words] of Object.entries(english)) {
    if (missing.includes(key)) continue;
    faults.push(
      ...(typeof words === 'string'
        ? faultsOfText(key, words, own[key])
        : faultsOfForms(key, words, own[key], forms)),
    );
  }
  return faults;
}
