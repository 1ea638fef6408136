// The rooms of the page in reading order.
import { text } from '../i18n';
import { partAddress } from '../parts';
import type { State } from '../state';
import { createAbout } from './about';
import { createAboutRoom } from './about_room';
import { createAnnouncer } from './announcer';
import { createCamera } from './camera';
import { createCaseBar, createCaseDialog } from './case';
import { createDetail } from './detail';
import { createDifferential } from './differential';
import { element } from './element';
import { createEvaluation } from './evaluation';
import { createGallery } from './gallery';
import { createKeysDialog } from './keys';
import { createLanguage } from './language';
import { createClassDialog } from './review/class';
import { createField } from './review/field';
import { createMoveMenu } from './review/move';
import { createReport } from './report';
import { createReviewRoom } from './review/room';
import { createQuizRoom } from './quiz_room';
import { createRooms } from './rooms';
import { createSamples } from './samples';
import { createToolbar, createWelcome } from './start';
import { createStatus, createTrouble } from './status';
import { createTally } from './tally';
import { createTallyRoom } from './tally_room';
import type { Door, Sample, View } from './view';

function brand(): HTMLElement {
  return element(
    'a',
    { class: 'brand', href: '#pictures' },
    element('img', { src: partAddress('icons/icon.svg'), alt: '', width: 28, height: 28 }),
    'LeukoLens',
  );
}

export function createPage(door: Door, samples: readonly Sample[]): View {
  const status = createStatus(door);
  const language = createLanguage(door);
  const rooms = createRooms();
  const trouble = createTrouble(door);
  const toolbar = createToolbar(door);
  const caseBar = createCaseBar(door);
  const pictures = [createWelcome(door), createSamples(door, samples), createTally()];
  pictures.push(createGallery(door));
  const review = createReviewRoom(door);
  const tally = createTallyRoom(door);
  const differential = createDifferential(door);
  const quiz = createQuizRoom(door);
  const evaluation = createEvaluation(door);
  const about = createAboutRoom(door);
  const dialogs = [
    createDetail(door),
    createField(door),
    createCamera(door),
    createMoveMenu(door),
    createClassDialog(door),
    createCaseDialog(door),
  ];
  dialogs.push(createKeysDialog(door));
  const report = createReport();
  const rest = [createAbout(), ...dialogs, createAnnouncer()];
  // What closes gives the focus back before the room says where it goes.
  const views: readonly View[] = [
    ...rest,
    status,
    language,
    rooms,
    trouble,
    toolbar,
    caseBar,
    ...pictures,
    review,
    tally,
    differential,
    quiz,
    evaluation,
    about,
    report,
  ];
  const picturesRoom = element('div', {}, ...pictures.map((view) => view.root));
  const drop = element('div', { class: 'drop-veil', 'aria-hidden': 'true' }, text('start.drop'));
  const room = element('h1', { class: 'visually-hidden' });
  const root = element(
    'div',
    { class: 'page' },
    report.root,
    element('a', { class: 'skip', href: '#main' }, text('page.skip')),
    element(
      'header',
      { class: 'top' },
      brand(),
      rooms.root,
      element('div', { class: 'top-end' }, status.root, language.root),
    ),
    element('aside', { class: 'banner' }, text('page.notice')),
    caseBar.root,
    element(
      'main',
      { id: 'main', tabindex: -1 },
      room,
      trouble.root,
      toolbar.root,
      picturesRoom,
      review.root,
      tally.root,
      differential.root,
      quiz.root,
      evaluation.root,
      about.root,
    ),
    ...rest.map((view) => view.root),
    drop,
  );
  return {
    root,
    update(state: State) {
      drop.hidden = !state.isDragging;
      root.dataset['room'] = state.room;
      room.textContent = text(`room.${state.room}`);
      // The first screen has a heading of its own.
      room.hidden = state.room === 'pictures' && state.pictures.length === 0;
      picturesRoom.hidden = state.room !== 'pictures';
      for (const view of views) view.update(state);
    },
  };
}
