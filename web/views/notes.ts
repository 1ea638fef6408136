// The core's notes in the page's language. The core words them in English, with what changes from
// one result to the next in the gap of its sentence: it is taken from there and worded anew.
import { className, formatNumber, formatPercentage, isTextKey, plural, text } from '../i18n';
import english from '../text/en.json';
import type { Differential } from '../differential/differential';

type Note = Differential['notes'][number];

const kGap = '{what}';

/** What stands in the gap of the English sentence; null where the sentence is another one. */
function gapOf(sentence: string, words: string): string | null {
  const at = sentence.indexOf(kGap);
  if (at < 0) return sentence === words ? '' : null;
  const [before, after] = [sentence.slice(0, at), sentence.slice(at + kGap.length)];
  const isSame = words.startsWith(before) && words.endsWith(after);
  return isSame ? words.slice(before.length, words.length - after.length) : null;
}

/** Numbers as this language writes them, classes by their names; names of one's own stay. */
function worded(what: string): string {
  const answers = /^(\d+) answers?$/.exec(what);
  if (answers !== null) return plural('note.answers', Number(answers[1]));
  if (/^[\d.]+$/.test(what)) return formatNumber(Number(what));
  const share = /^(\d+) \(([\d.]+) %\)$/.exec(what);
  if (share !== null) {
    return `${formatNumber(Number(share[1]))} (${formatPercentage(Number(share[2]))})`;
  }
  return what.split(', ').map(className).join(', ');
}

/** A note without words in this language keeps the core's. */
export function noteWords({ code, text: words }: Note): string {
  const key = `note.${code}`;
  if (!isTextKey(key)) return words;
  const what = gapOf((english as Readonly<Record<string, unknown>>)[key] as string, words);
  return what === null ? words : text(key, { what: worded(what) });
}
