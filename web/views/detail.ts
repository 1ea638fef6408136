// One picture large: box, answer, probabilities, how sure, and the general reference on its class.
import { kCommands, type CommandName } from '../actions';
import {
  className,
  formatFineShare,
  formatNumber,
  formatScale,
  formatShare,
  plural,
  text,
} from '../i18n';
import type { Cell, ModelIdentity, Reading, Surroundings } from '../messages';
import { indexOf, openPicture, type PictureEntry, type Shown, type State } from '../state';
import { topShare } from './answer';
import { bars } from './bars';
import { button, element } from './element';
import { evidenceSwitch } from './evidence';
import { type Fact, facts } from './facts';
import { closeUp, framed } from './framed';
import { glyph } from './glyph';
import { reference } from './reference';
import type { Door, View } from './view';

function howSure(cell: Cell, model: ModelIdentity): HTMLElement | null {
  if (cell.verdict !== 'classified' && cell.verdict !== 'unsure') return null;
  const gaps = {
    percent: formatFineShare(topShare(cell)),
    threshold: formatShare(model.classifiedThreshold),
  };
  return element(
    'p',
    { class: 'how-sure' },
    element('strong', {}, text('detail.how_sure')),
    `: ${text(`detail.how_sure.${cell.verdict}`, gaps)}`,
  );
}

function answer(cell: Cell, model: ModelIdentity): HTMLElement {
  const title = text(`detail.answer.${cell.verdict}`, { name: className(cell.label) });
  return element(
    'section',
    { class: 'answer', 'data-class': cell.label, 'data-verdict': cell.verdict },
    element('h3', { class: 'answer-title' }, glyph(cell.label), element('span', {}, title)),
    bars(cell, model.labels, true),
    howSure(cell, model),
    element('p', { class: 'notice' }, text('detail.names')),
    element('p', { class: 'notice' }, text('page.notice')),
  );
}

/** What else the finder saw; counts of this picture, no blood count. */
function surroundingFacts({ redCells, platelets, ...scale }: Surroundings): readonly Fact[] {
  const counts = {
    red: plural('detail.red_cells', redCells.length),
    platelets: plural('detail.platelets', platelets.length),
  };
  const found = [text('detail.also'), text('detail.also.value', counts)] as const;
  if (scale.umPerPx === 0) return [found];
  const sizes = {
    um: formatScale(scale.umPerPx),
    low: formatScale(scale.umPerPxLowest),
    high: formatScale(scale.umPerPxHighest),
  };
  return [found, [text('detail.scale'), text('detail.scale.value', sizes)]];
}

/** Said where another program than this one turned the file into pixels. */
function decoderFacts({ decoder, format }: Reading): readonly Fact[] {
  if (decoder !== 'browser') return [];
  const named = format === 'other' ? text('detail.decoder.format.other') : format;
  return [[text('detail.decoder'), text('detail.decoder.browser', { format: named })]];
}

function pictureFacts(reading: Reading, cell: Cell | undefined): HTMLElement {
  const { width, height, format, times, warnings, surroundings } = reading;
  const size = { width: String(width), height: String(height), format };
  const spent = {
    decode: formatNumber(times.decode),
    find: formatNumber(times.find),
    classify: formatNumber(times.classify),
  };
  const box = cell?.box;
  return facts([
    [text('detail.picture'), text('detail.picture.value', size)],
    ...decoderFacts(reading),
    ...(box === undefined
      ? []
      : [
          [
            text('detail.box'),
            text('detail.box.value', {
              x: String(box.x),
              y: String(box.y),
              width: String(box.width),
              height: String(box.height),
            }),
          ] as const,
        ]),
    ...surroundingFacts(surroundings),
    [text('detail.time'), text('detail.time.value', spent)],
    ...warnings.map((warning) => [text('detail.warnings'), text(`warning.${warning}`)] as const),
  ]);
}

function lookedAt(cell: Cell, reading: Reading, preview: Shown, model: ModelIdentity): HTMLElement {
  return element(
    'figure',
    {},
    closeUp(preview, reading, cell, model.cropScale),
    element('figcaption', { class: 'hint' }, text('detail.looked_at')),
    cell.evidence.values.length === 0 ? null : evidenceSwitch(),
  );
}

function failedBody(picture: PictureEntry): HTMLElement {
  const { progress } = picture;
  const words =
    progress.kind === 'failed'
      ? text(`error.${progress.failure.code}`, { what: progress.failure.what })
      : text(progress.kind === 'waiting' ? 'card.waiting' : 'card.reading');
  return element('div', { class: 'detail-body' }, element('p', { class: 'card-reason' }, words));
}

/** The cells of the picture to choose from, where there are several. */
function cellChooser(
  cells: readonly Cell[],
  chosen: number,
  choose: (index: number) => void,
): HTMLElement | null {
  if (cells.length < 2) return null;
  const items = cells.map((cell, index) => {
    const isClass = cell.verdict === 'classified';
    const node = button(
      isClass ? className(cell.label) : text(`verdict.${cell.verdict}`),
      'cell-choice',
      () => choose(index),
    );
    node.setAttribute('aria-pressed', String(index === chosen));
    node.prepend(element('span', { class: 'cell-number' }, formatNumber(index + 1)));
    return node;
  });
  return element('div', { class: 'cell-choices', role: 'group' }, ...items);
}

function othersSwitch({ redCells, platelets }: Surroundings): HTMLElement | null {
  if (redCells.length + platelets.length === 0) return null;
  return element(
    'label',
    { class: 'evidence-switch' },
    element('input', { type: 'checkbox', 'data-others': '' }),
    element('span', {}, text('detail.others')),
  );
}

interface Choice {
  readonly index: number;
  readonly choose: (index: number) => void;
}

function readBody(
  picture: PictureEntry,
  reading: Reading,
  preview: Shown,
  model: ModelIdentity,
  door: Door,
  choice: Choice,
): HTMLElement {
  const cell = reading.cells[choice.index];
  const openCells = (): void => door.command('openFieldOfPicture');
  return element(
    'div',
    { class: 'detail-body' },
    element(
      'div',
      { class: 'detail-pictures' },
      framed(preview, reading, text('card.alt', { name: picture.name }), choice.index),
      othersSwitch(reading.surroundings),
      cellChooser(reading.cells, choice.index, choice.choose),
      button(text('command.open_cells'), 'button', openCells),
      element(
        'div',
        { class: 'detail-facts' },
        cell === undefined ? null : lookedAt(cell, reading, preview, model),
        pictureFacts(reading, cell),
      ),
    ),
    element(
      'div',
      { class: 'detail-words' },
      cell === undefined
        ? element('p', { class: 'notice' }, text('detail.no_cell'))
        : answer(cell, model),
      cell === undefined ? null : reference(cell.label),
    ),
  );
}

function iconButton(name: CommandName, sign: string, door: Door): HTMLButtonElement {
  const label = text(kCommands[name].label);
  const node = element(
    'button',
    { type: 'button', class: 'icon-button', title: label, 'aria-label': label },
    sign,
  );
  node.addEventListener('click', () => door.command(name));
  return node;
}

export function createDetail(door: Door): View {
  const title = element('h2', { id: 'detail-title', tabindex: -1 });
  const position = element('span', { class: 'detail-position' });
  const previous = iconButton('previous', '‹', door);
  const next = iconButton('next', '›', door);
  const head = element(
    'header',
    { class: 'detail-head' },
    title,
    position,
    previous,
    next,
    iconButton('close', '×', door),
  );
  const content = element('div', { class: 'detail-content' });
  const root = element(
    'dialog',
    { class: 'detail', 'aria-labelledby': 'detail-title' },
    head,
    content,
  );
  let drawn: PictureEntry | null = null;
  let drawnCloseUp: Shown | null = null;
  let chosen = 0;

  root.addEventListener('cancel', (event) => {
    event.preventDefault();
    door.command('close');
  });
  root.addEventListener('click', (event) => {
    if (event.target === root) door.command('close');
  });

  function draw(picture: PictureEntry, state: State): void {
    const isSame = drawn?.id === picture.id;
    if (!isSame) chosen = 0;
    drawn = picture;
    drawnCloseUp = state.closeUp;
    const { progress } = picture;
    const model = state.engine.kind === 'ready' ? state.engine.identity.model : null;
    const isReferenceOpen = content.querySelector('details')?.open ?? false;
    const choose = (index: number): void => {
      chosen = index;
      draw(picture, state);
      content.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
    };
    const switches = ['[data-others]', '[data-evidence]'] as const;
    const isOn = switches.map((name) => content.querySelector<HTMLInputElement>(name)?.checked);
    const choice = { index: chosen, choose };
    content.replaceChildren(
      progress.kind === 'read' && model !== null
        ? readBody(
            picture,
            progress.reading,
            state.closeUp ?? progress.preview,
            model,
            door,
            choice,
          )
        : failedBody(picture),
    );
    for (const [index, name] of switches.entries()) {
      const input = content.querySelector<HTMLInputElement>(name);
      if (isSame && input !== null) input.checked = isOn[index] ?? false;
    }
    const details = content.querySelector('details');
    if (isSame && details !== null) details.open = isReferenceOpen;
    if (!isSame) content.scrollTop = 0;
  }

  function update(state: State): void {
    const picture = openPicture(state);
    if (picture === null) {
      drawn = null;
      if (root.open) root.close();
      return;
    }
    title.textContent = picture.name;
    const index = indexOf(state, picture.id) + 1;
    const total = state.pictures.length;
    position.textContent = text('detail.position', { index: String(index), total: String(total) });
    previous.disabled = kCommands.previous.action(state) === null;
    next.disabled = kCommands.next.action(state) === null;
    if (drawn !== picture || drawnCloseUp !== state.closeUp) draw(picture, state);
    if (!root.open) {
      root.showModal();
      title.focus();
    }
  }

  return { root, update };
}
