// Where the case is: always in sight whether it is saved and where, with the ways to save and open
// it, what is said about it, and what the browser keeps.
import { html, nothing, type TemplateResult } from 'lit-html';
import { type CaseState, isUnsaved, type Notice, type PastCase } from '../case/actions';
import { formatDate, formatNumber, plural, text, type TextKey } from '../i18n';
import type { State } from '../state';
import { createDialog } from './dialog';
import { element } from './element';
import { templateView } from './lit';
import type { Door, View } from './view';

type Place = 'empty' | 'saving' | 'saved' | 'changed' | 'unsaved';

function placeOf({ caseFile, review, differential }: State): Place {
  const { cells, own } = review;
  if (caseFile.isSaving) return 'saving';
  if (isUnsaved(caseFile, { cells, own, settings: differential.settings })) {
    return caseFile.saved === null ? 'unsaved' : 'changed';
  }
  return caseFile.saved === null ? 'empty' : 'saved';
}

const kPlaceWords: Readonly<Record<Place, TextKey>> = {
  empty: 'case.empty',
  saving: 'case.saving',
  saved: 'case.saved',
  changed: 'case.changed',
  unsaved: 'case.unsaved',
};

const kStorageWords: Readonly<Record<CaseState['storage'], TextKey>> = {
  off: 'case.storage.off',
  kept: 'case.storage.kept',
  lost: 'case.storage.lost',
};

function wordsOf(place: Place, { caseFile }: State): string {
  const { name, atMs } = caseFile.saved ?? { name: '', atMs: 0 };
  return text(kPlaceWords[place], { name, time: formatDate(atMs) });
}

function bar(state: State, door: Door): TemplateResult {
  const place = placeOf(state);
  const { storage } = state.caseFile;
  const isEmpty = state.review.cells.size === 0;
  return html`<p class="case-place" data-place=${place} role="status">
      <span class="case-dot" aria-hidden="true"></span>
      <span>
        ${wordsOf(place, state)}
        ${isEmpty ? null : html`<span class="case-kept">${text(kStorageWords[storage])}</span>`}
      </span>
    </p>
    <div class="buttons">
      <button
        type="button"
        class="button button-small ${place === 'saved' || place === 'empty' ? '' : 'button-main'}"
        ?disabled=${isEmpty || state.caseFile.isSaving}
        @click=${() => door.dispatch({ type: 'caseSaveAsked' })}
      >
        ${text('case.save')}
      </button>
      <button type="button" class="button button-small" @click=${() => door.chooseCase()}>
        ${text('case.open')}
      </button>
    </div>`;
}

function noticeWords(notice: Notice): string {
  switch (notice.kind) {
    case 'merged': {
      const { name, pictures, cells, answers, differing } = notice;
      const parts = [
        text('case.notice.merged', { name }),
        plural('case.notice.pictures', pictures),
        plural('case.notice.cells', cells),
        plural('case.notice.answers', answers),
      ];
      if (differing > 0) parts.push(plural('case.notice.differing', differing));
      return parts.join(' ');
    }
    case 'opened':
      return text('case.notice.opened', { name: notice.name });
    case 'no_case':
      return text('case.notice.no_case', { name: notice.name, what: notice.what });
    case 'not_saved':
      return text('case.notice.not_saved', { what: notice.what });
    case 'restored':
      return text('case.notice.restored');
    case 'other_tab':
      return text('case.notice.other_tab');
    case 'storage_lost':
      return text('case.notice.storage_lost');
    case 'wiped':
      return text('case.notice.wiped');
  }
}

const kFaults = new Set(['no_case', 'not_saved', 'other_tab', 'storage_lost']);

function noticed(notice: Notice | null, door: Door): TemplateResult | null {
  if (notice === null) return null;
  return html`<div
    class="case-notice"
    data-kind=${notice.kind}
    role=${kFaults.has(notice.kind) ? 'alert' : 'status'}
  >
    <p>${noticeWords(notice)}</p>
    <div class="buttons">
      ${
        notice.kind === 'storage_lost' || notice.kind === 'not_saved'
          ? html`<button
              type="button"
              class="button button-main"
              @click=${() => door.dispatch({ type: 'caseSaveAsked' })}
            >
              ${text('case.save')}
            </button>`
          : null
      }
      <button
        type="button"
        class="button button-quiet"
        @click=${() => door.dispatch({ type: 'caseNoticed', notice: null })}
      >
        ${text('command.close')}
      </button>
    </div>
  </div>`;
}

function check(
  label: string,
  note: string,
  isOn: boolean,
  changed: (isOn: boolean) => void,
): TemplateResult {
  return html`<label class="check case-check">
    <input
      type="checkbox"
      .checked=${isOn}
      @change=${(event: Event) => changed((event.target as HTMLInputElement).checked)}
    />
    <span>${label} <span class="hint">${note}</span></span>
  </label>`;
}

function past(cases: readonly PastCase[], door: Door): TemplateResult | null {
  if (cases.length === 0) return null;
  return html`<ul class="case-past" aria-label=${text('case.past')}>
    ${cases.map(
      ({ id, touchedMs, cells }) =>
        html`<li>
          <button type="button" class="button" @click=${() => door.keeping.openPast(id)}>
            ${formatDate(touchedMs)}, ${plural('card.cells', cells)}
          </button>
        </li>`,
    )}
  </ul>`;
}

function settings({ caseFile, offline, isPinned }: State, door: Door): TemplateResult {
  const { keepsNames, history, past: cases } = caseFile;
  const names = (areKept: boolean): void => door.dispatch({ type: 'namesSwitched', areKept });
  return html`<summary>${text('case.settings')}</summary>
    <div class="case-settings">
      ${check(text('case.names'), text('case.names.note'), keepsNames, names)}
      ${
        history === 'unavailable'
          ? html`<p class="hint">${text('case.history.unavailable')}</p>`
          : check(
              text('case.history'),
              text('case.history.note'),
              history === 'on',
              door.keeping.switchHistory,
            )
      }
      ${history === 'on' ? past(cases, door) : null}
      ${
        offline === 'one_file' || offline === 'unavailable'
          ? null
          : check(text('offline.pin'), text('offline.pin.note'), isPinned, (isOn) =>
              door.dispatch({ type: 'pinSwitched', isPinned: isOn }),
            )
      }
      <p>
        <button type="button" class="button button-fault" @click=${() => void door.keeping.wipe()}>
          ${text('case.wipe')}
        </button>
        <span class="hint">${text('case.wipe.note')}</span>
      </p>
    </div>`;
}

function waitingWords({ caseFile }: State): string {
  const { name, pictures, cells } = caseFile.waiting ?? { name: '', pictures: 0, cells: 0 };
  const sizes = { pictures: formatNumber(pictures), cells: formatNumber(cells) };
  return text('case.waiting', { name, ...sizes });
}

export function createCaseDialog(door: Door): View {
  type What = Parameters<Door['keeping']['decide']>[0];
  const choice = (what: What, words: TextKey, style: string): TemplateResult =>
    html`<button type="button" class="button ${style}" @click=${() => door.keeping.decide(what)}>
      ${text(words)}
    </button>`;
  return createDialog({
    style: 'case-dialog',
    titleId: 'case-dialog-title',
    isOpen: ({ caseFile }) => caseFile.waiting !== null,
    shows: ({ caseFile }) => [caseFile.waiting],
    content: (state) =>
      html`<h2 id="case-dialog-title">${text('case.waiting.title')}</h2>
        <p>${waitingWords(state)}</p>
        <p class="hint">${text('case.waiting.note')}</p>
        <div class="buttons">
          ${choice('merge', 'case.merge', 'button-main')} ${choice('replace', 'case.replace', '')}
          ${choice('drop', 'case.drop', 'button-quiet')}
        </div>`,
    close: () => door.keeping.decide('drop'),
  });
}

export function createCaseBar(door: Door): View {
  const place = element('div', { class: 'case-bar' });
  const said = element('div', { class: 'case-said' });
  const more = element('details', { class: 'case-more' });
  const views = [
    templateView(
      place,
      ({ caseFile, review, differential }) => [
        caseFile,
        review.cells,
        review.own,
        differential.settings,
      ],
      (state) => bar(state, door),
    ),
    templateView(
      said,
      ({ caseFile }) => [caseFile.notice],
      ({ caseFile }) => html`${noticed(caseFile.notice, door) ?? nothing}`,
    ),
    templateView(
      more,
      ({ caseFile, offline, isPinned }) => [
        caseFile.keepsNames,
        caseFile.history,
        caseFile.past,
        offline,
        isPinned,
      ],
      (state) => settings(state, door),
    ),
  ];
  const root = element(
    'section',
    { class: 'case', 'aria-label': text('case.label') },
    place,
    said,
    more,
  );
  return {
    root,
    update(state: State) {
      for (const view of views) view.update(state);
    },
  };
}
