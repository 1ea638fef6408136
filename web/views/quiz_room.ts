// The quiz: a cell at a time, the reviewer's answer after one's own, and at the end how far both agree.
import { html, type TemplateResult } from 'lit-html';
import { className, formatNumber, formatShare, plural, text } from '../i18n';
import {
  choicesOf,
  type Fault,
  mistakesOf,
  type Phase,
  phaseOf,
  type Question,
  questionsOf,
  type Running,
  scoreOf,
} from '../quiz/quiz';
import type { BinId } from '../review/bins';
import { binCommandName } from '../review/commands';
import type { State } from '../state';
import { element } from './element';
import { glyph } from './glyph';
import { templateView } from './lit';
import { appearance } from './reference';
import { chips } from './review/words';
import type { Door, View } from './view';

function nameOf({ choices }: Running, id: BinId): string {
  return choices.find((bin) => bin.id === id)?.ownName ?? className(id);
}

function fault({ what }: Fault): TemplateResult {
  const words = what === null ? text('quiz.nothing') : text('quiz.fault', { what });
  return html`<p class="notice" role="alert">${words}</p>`;
}

function start(state: State, door: Door): TemplateResult {
  const { quiz, review } = state;
  const here = questionsOf(review);
  const problem = quiz.kind === 'none' && quiz.fault !== null ? fault(quiz.fault) : null;
  const isOpening = quiz.kind === 'none' && quiz.isOpening;
  return html`<div class="quiz-start">
    <p class="count-lead">${text('quiz.lead')}</p>
    ${problem}
    <div class="buttons">
      <button
        type="button"
        class="button button-main"
        ?disabled=${isOpening}
        @click=${() => door.chooseQuiz()}
      >
        ${isOpening ? text('quiz.opening') : text('quiz.open')}
      </button>
      ${
        here.length === 0
          ? null
          : html`<button
              type="button"
              class="button"
              @click=${() => door.beginQuiz(here, choicesOf(review))}
            >
              ${plural('quiz.here', here.length)}
            </button>`
      }
    </div>
    <p class="hint">${text('quiz.open_note')}</p>
  </div>`;
}

function progress(quiz: Running, door: Door): TemplateResult {
  const { questions, at } = quiz;
  const { answered, agreed } = scoreOf(quiz);
  const total = formatNumber(questions.length);
  const gaps = { agreed: formatNumber(agreed), answered: formatNumber(answered) };
  const words = text('quiz.progress', { at: formatNumber(at + 1), total });
  return html`<div class="quiz-bar">
    <div class="quiz-progress">
      <p>
        <strong>${words}</strong>
        ${answered === 0 ? null : html`<span>${text('quiz.score', gaps)}</span>`}
      </p>
      <progress
        max=${questions.length}
        .value=${quiz.answers.length}
        aria-label=${words}
      ></progress>
    </div>
    <button
      type="button"
      class="button button-small"
      @click=${() => door.dispatch({ type: 'quizLeft' })}
    >
      ${text('quiz.leave')}
    </button>
  </div>`;
}

function choices(state: State, quiz: Running, door: Door): TemplateResult {
  return html`<h3 class="quiz-question" tabindex="-1">${text('quiz.question')}</h3>
    <ul class="quiz-choices">
      ${quiz.choices.map(
        ({ id, ownName }) =>
          html`<li>
            <button
              type="button"
              class="quiz-choice"
              data-class=${id}
              @click=${() => door.dispatch({ type: 'quizAnswered', bin: id })}
            >
              ${glyph(id)} <span>${nameOf(quiz, id)}</span>
              <span class="keys">
                ${ownName === null ? chips(state, binCommandName(id), 1) : null}
              </span>
            </button>
          </li>`,
      )}
    </ul>`;
}

/** How a class looks, folded up where it is the other one. */
function looksOf(id: BinId, title: string, isOpen: boolean): TemplateResult {
  return html`<details class="quiz-looks" ?open=${isOpen}>
    <summary>${glyph(id)} <span>${title}</span></summary>
    ${appearance(id) ?? html`<p class="hint">${text('quiz.no_words')}</p>`}
  </details>`;
}

function explanation(state: State, quiz: Running, question: Question, door: Door): TemplateResult {
  const answer = quiz.answers[quiz.at] ?? '';
  const [said, reviewed] = [nameOf(quiz, answer), nameOf(quiz, question.reviewed)];
  const isRight = answer === question.reviewed;
  const isLast = quiz.at + 1 === quiz.questions.length;
  return html`<h3 class="visually-hidden">${text('quiz.question')}</h3>
    <div class="quiz-verdict" role="status" data-right=${isRight ? 'yes' : 'no'}>
      <p>
        <span aria-hidden="true">${isRight ? '✓' : '✗'}</span>
        <strong>
          ${isRight ? text('quiz.right', { name: reviewed }) : text('quiz.reviewed', { name: reviewed })}
        </strong>
        ${isRight ? null : html`<span>${text('quiz.wrong', { name: said })}</span>`}
      </p>
      <button
        type="button"
        class="button button-main quiz-next"
        @click=${() => door.command('quizGoOn')}
      >
        ${isLast ? text('quiz.last') : text('quiz.next')}
        <span class="keys">${chips(state, 'quizGoOn', 1)}</span>
      </button>
    </div>
    ${looksOf(question.reviewed, reviewed, true)} ${isRight ? null : looksOf(answer, said, false)}`;
}

function shown(state: State, quiz: Running, phase: Phase, door: Door): TemplateResult | null {
  const question = quiz.questions[quiz.at];
  if (question === undefined) return null;
  return html`${progress(quiz, door)}
    <div class="quiz-card">
      <figure class="quiz-cell">
        <img src=${question.crop} alt=${text('quiz.crop')} />
      </figure>
      <div class="quiz-side">
        ${phase === 'asks' ? choices(state, quiz, door) : explanation(state, quiz, question, door)}
      </div>
    </div>`;
}

function resultTable(quiz: Running): TemplateResult {
  const { classes } = scoreOf(quiz);
  return html`<table class="quiz-table">
    <thead>
      <tr>
        <th scope="col">${text('quiz.column.class')}</th>
        <th scope="col">${text('quiz.column.asked')}</th>
        <th scope="col">${text('quiz.column.agreed')}</th>
      </tr>
    </thead>
    <tbody>
      ${classes.map(
        ({ bin, asked, agreed }) =>
          html`<tr data-class=${bin}>
            <th scope="row">${glyph(bin)} ${nameOf(quiz, bin)}</th>
            <td>${formatNumber(asked)}</td>
            <td>${formatNumber(agreed)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function mistakeList(quiz: Running): TemplateResult | null {
  const mistakes = mistakesOf(quiz);
  if (mistakes.length === 0) return null;
  return html`<h3>${text('quiz.mistakes')}</h3>
    <ul class="quiz-mistakes">
      ${mistakes.map(({ question, answer }) => {
        const gaps = { answer: nameOf(quiz, answer), reviewed: nameOf(quiz, question.reviewed) };
        const words = text('quiz.mistake', gaps);
        return html`<li>
          <img src=${question.crop} alt="" />
          <p>${words}</p>
        </li>`;
      })}
    </ul>`;
}

function result(quiz: Running, door: Door): TemplateResult {
  const { answered, agreed } = scoreOf(quiz);
  const wrong = mistakesOf(quiz).map(({ question }) => question);
  const gaps = { agreed: formatNumber(agreed), answered: formatNumber(answered) };
  const again = (questions: readonly Question[]): void => door.beginQuiz(questions, quiz.choices);
  return html`<h3 class="quiz-result" tabindex="-1">
      ${text('quiz.result', gaps)} <span>${formatShare(agreed / answered)}</span>
    </h3>
    <p class="hint">${text('quiz.result_note')}</p>
    <div class="buttons">
      <button type="button" class="button button-main" @click=${() => again(quiz.questions)}>
        ${text('quiz.again')}
      </button>
      ${
        wrong.length === 0
          ? null
          : html`<button type="button" class="button" @click=${() => again(wrong)}>
              ${plural('quiz.again_wrong', wrong.length)}
            </button>`
      }
      <button type="button" class="button" @click=${() => door.dispatch({ type: 'quizLeft' })}>
        ${text('quiz.other')}
      </button>
    </div>
    ${resultTable(quiz)} ${mistakeList(quiz)}`;
}

function content(state: State, door: Door): TemplateResult | null {
  const { quiz } = state;
  if (quiz.kind === 'none') return start(state, door);
  const phase = phaseOf(quiz);
  return phase === 'ended' ? result(quiz, door) : shown(state, quiz, phase, door);
}

/** What takes the focus when a phase begins, so that keys and screen readers go on there. */
const kFocus: Readonly<Record<Phase, string>> = {
  asks: '.quiz-question',
  explains: '.quiz-next',
  ended: '.quiz-result',
};

export function createQuizRoom(door: Door): View {
  const body = element('div', { class: 'quiz-content' });
  let last = '';
  const view = templateView(
    body,
    ({ quiz, review, keys }) => [quiz, review.cells, review.crops, review.own, keys],
    (state) => html`${content(state, door)}`,
    ({ quiz }) => {
      const phase = quiz.kind === 'none' ? null : phaseOf(quiz);
      const now = quiz.kind === 'none' ? '' : `${phase} ${quiz.at}`;
      if (phase !== null && now !== last) {
        body.querySelector<HTMLElement>(kFocus[phase])?.focus({ preventScroll: phase === 'asks' });
      }
      last = now;
    },
  );
  const root = element('section', { class: 'quiz', 'aria-labelledby': 'quiz-title' });
  root.append(element('h2', { id: 'quiz-title' }, text('quiz.title')), body);
  return {
    root,
    update(state: State) {
      root.hidden = state.room !== 'quiz';
      if (!root.hidden) view.update(state);
    },
  };
}
