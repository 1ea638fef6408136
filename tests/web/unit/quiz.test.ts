// The quiz: which cells are asked about, in which order, and what is scored.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reduce } from '../../../web/actions';
import { actionFor } from '../../../web/commands';
import type { QuizAction } from '../../../web/quiz/actions';
import { openQuiz } from '../../../web/quiz/open';
import {
  choicesOf,
  mistakesOf,
  phaseOf,
  type Question,
  questionsOf,
  type Running,
  scoreOf,
  shuffled,
} from '../../../web/quiz/quiz';
import { reduceReview, type ReviewAction, withReading } from '../../../web/review/actions';
import { kNoReview, type Review } from '../../../web/review/review';
import { kStart, type State } from '../../../web/state';
import { kModel, reading, sureCell } from './samples';

function reviewOf(labels: readonly string[], ...actions: ReviewAction[]): Review {
  const read = withReading(kNoReview, {
    key: 'a',
    reading: reading(...labels.map((label) => sureCell(label, 0.97))),
    crops: labels.map((_, at) => `data:image/jpeg;base64,${at}`),
    model: kModel,
    atMs: 5,
  });
  return actions.reduce<Review>((now, action) => reduceReview(now, action), read);
}

function filed(id: number, bin: string): ReviewAction {
  return { type: 'cellsFiled', ids: [id], bin, atMs: 7 };
}

const kQuestions: readonly Question[] = [
  { cell: 1, crop: 'a', reviewed: 'monocyte' },
  { cell: 2, crop: 'b', reviewed: 'lymphocyte' },
  { cell: 3, crop: 'c', reviewed: 'monocyte' },
];

function begun(): State {
  const choices = choicesOf(kNoReview);
  return after({ ...kStart, room: 'quiz' }, { type: 'quizBegan', questions: kQuestions, choices });
}

function after(state: State, ...actions: QuizAction[]): State {
  return actions.reduce<State>(reduce, state);
}

function running({ quiz }: State): Running {
  assert.ok(quiz.kind === 'running');
  return quiz;
}

function pressed(state: State, code: string, key: string): State {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  const action = actionFor(state, { key, code, ...none, isComposing: false }, 0);
  return action === null ? state : reduce(state, action);
}

test('only cells that a person gave a class are asked about, by the answer of the person', () => {
  const review = reviewOf(
    ['neutrophil', 'lymphocyte', 'monocyte', 'basophil', 'eosinophil'],
    filed(1, 'blast'),
    filed(2, 'unsure'),
    filed(3, 'removed'),
    filed(4, 'basophil'),
  );
  const asked = questionsOf(review).map(({ cell, reviewed }) => [cell, reviewed]);
  assert.deepEqual(asked, [
    [1, 'blast'],
    [4, 'basophil'],
  ]);
  const bare = questionsOf({ ...review, crops: new Map() });
  assert.equal(bare.length, 0, 'a cell that cannot be shown is not asked about');
});

test('a class of the reviewer’s own can be answered; unsure can not', () => {
  const review = reviewOf(['monocyte'], {
    type: 'classAdded',
    name: 'hairy cell',
    counting: 'in_n',
  });
  const ids = choicesOf(review).map(({ id }) => id);
  assert.ok(ids.includes('own:1') && ids.includes('monocyte'));
  assert.ok(!ids.includes('unsure') && !ids.includes('removed'));
});

test('shuffling keeps every question once, and each order is as likely', () => {
  const orders = new Map<string, number>();
  // Every pair of the two numbers that three cards need.
  for (const a of [0, 0.34, 0.67]) {
    for (const b of [0, 0.5]) {
      const given = [a, b][Symbol.iterator]();
      const order = shuffled(['x', 'y', 'z'], () => given.next().value ?? 0).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
  }
  assert.equal(orders.size, 6);
});

test('an answer is explained before the next cell comes, and counted once', () => {
  let state = begun();
  assert.equal(phaseOf(running(state)), 'asks');
  assert.equal(running(after(state, { type: 'quizWentOn' })).at, 0, 'no cell is passed over');
  state = pressed(state, 'Digit3', '3');
  assert.equal(phaseOf(running(state)), 'explains');
  assert.equal(running(pressed(state, 'Digit1', '1')).answers.length, 1);
  state = pressed(state, 'Enter', 'Enter');
  assert.equal(running(state).at, 1);
  assert.deepEqual(running(pressed(state, 'Digit0', '0')).answers, ['monocyte'], 'unsure is none');
});

test('the score is by reviewed class, and what was named otherwise is kept', () => {
  let state = begun();
  for (const bin of ['monocyte', 'monocyte', 'blast']) {
    state = after(state, { type: 'quizAnswered', bin }, { type: 'quizWentOn' });
  }
  const quiz = running(state);
  assert.equal(phaseOf(quiz), 'ended');
  const score = scoreOf(quiz);
  assert.deepEqual([score.agreed, score.answered], [1, 3]);
  assert.deepEqual(score.classes, [
    { bin: 'lymphocyte', asked: 1, agreed: 0 },
    { bin: 'monocyte', asked: 2, agreed: 1 },
  ]);
  assert.deepEqual(
    mistakesOf(quiz).map(({ question, answer }) => [question.cell, answer]),
    [
      [2, 'monocyte'],
      [3, 'blast'],
    ],
  );
});

test('what is no case file, and a case with nothing to ask, are told', async () => {
  const wrong = await openQuiz(new Blob(['no archive']), Math.random);
  assert.equal(wrong.type, 'quizFailed');
  const state = after(begun(), wrong);
  assert.ok(state.quiz.kind === 'none' && state.quiz.fault?.what !== null);
  const empty = after(kStart, { type: 'quizBegan', questions: [], choices: [] });
  assert.ok(empty.quiz.kind === 'none' && empty.quiz.fault?.what === null);
});
