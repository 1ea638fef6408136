// Cells, bins, changes and keys in words, the same in every view of the review.
import { html, type TemplateResult } from 'lit-html';
import { type Command, commandsOf, keysOf } from '../../commands';
import { className, formatShare, isTextKey, plural, text } from '../../i18n';
import { type Chord, chordCaps, isTyping, type KeySettings } from '../../keys';
import type { Bin, BinId } from '../../review/bins';
import { binsOf } from '../../review/groups';
import type { ChangeName } from '../../review/history';
import {
  binOf,
  type ModelAnswer,
  type Review,
  type ReviewCell,
  topShareOf,
} from '../../review/review';
import type { State } from '../../state';

export function binName(bin: Bin): string {
  return bin.ownName ?? className(bin.id);
}

export function binNameOf(review: Review, id: BinId): string {
  const bin = binsOf(review).find((one) => one.id === id);
  return bin === undefined ? className(id) : binName(bin);
}

/** "Monocyte, 61 %" or "unsure, closest: Monocyte, 54 %". */
export function modelInWords(cell: ReviewCell, model: ModelAnswer): string {
  const name = className(model.label);
  const share = formatShare(topShareOf(cell));
  if (model.verdict === 'classified') return text('review.model', { name, share });
  const verdict = text(`verdict.${model.verdict}`);
  return text('review.model_unsure', { verdict, name, share });
}

/** What a screen reader says of a tile. */
export function cellInWords(cell: ReviewCell, review: Review): string {
  const number = review.pictures.get(cell.picture)?.number ?? 0;
  const name = binNameOf(review, binOf(cell));
  const isHidden = review.areSuggestionsHidden && cell.person === null;
  const parts = [
    isHidden ? text('class.to_review') : name,
    cell.person === null ? text('review.waits') : text('review.looked_at'),
    cell.model === null || review.areSuggestionsHidden ? null : modelInWords(cell, cell.model),
    text('review.picture', { number: String(number) }),
  ];
  return parts.filter((part) => part !== null).join(', ');
}

export function changeInWords(name: ChangeName, review: Review): string {
  switch (name.kind) {
    case 'filed':
      return plural('change.filed', name.count, { name: binNameOf(review, name.bin) });
    case 'accepted':
      return name.bin === null
        ? plural('change.accepted_mixed', name.count)
        : plural('change.accepted', name.count, { name: binNameOf(review, name.bin) });
    case 'taken_back':
    case 'removed':
    case 'added':
      return plural(`change.${name.kind}`, name.count);
    case 'class_added':
    case 'class_changed':
    case 'class_dropped':
      return text(`change.${name.kind}`, { name: name.name });
  }
}

export function commandInWords({ label, bin }: Command): string {
  return text(label, { name: bin === null ? '' : binName(bin) });
}

function wordOfKey(name: string): string | null {
  const key = `key.${name}`;
  return isTextKey(key) ? text(key) : null;
}

export function chordInWords(chord: Chord, settings: KeySettings): string {
  return chordCaps(chord, settings.caps, wordOfKey).join(' + ');
}

export function chip(chord: Chord, settings: KeySettings): TemplateResult {
  return html`<kbd>${chordInWords(chord, settings)}</kbd>`;
}

/** The keys that call a command now, at most `most` of them; none that are turned off. */
export function chips(state: State, name: string, most = 2): readonly TemplateResult[] {
  const command = commandsOf(state).find((one) => one.name === name);
  if (command === undefined) return [];
  const keys = keysOf(command, state.keys);
  const active = keys.filter((chord) => state.keys.areOn || !isTyping(chord));
  return active.slice(0, most).map((chord) => chip(chord, state.keys));
}
