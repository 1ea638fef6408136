// What happens in a quiz, and the state it makes.
import type { Bin, BinId } from '../review/bins';
import { type Fault, kNoQuiz, phaseOf, type Question, type Quiz, type Running } from './quiz';

export type QuizAction =
  | { readonly type: 'quizOpening' }
  | { readonly type: 'quizFailed'; readonly fault: Fault }
  /** `questions`: in the order in which they are to be asked. */
  | {
      readonly type: 'quizBegan';
      readonly questions: readonly Question[];
      readonly choices: readonly Bin[];
    }
  | { readonly type: 'quizAnswered'; readonly bin: BinId }
  | { readonly type: 'quizWentOn' }
  | { readonly type: 'quizLeft' };

const kTypes: Readonly<Record<QuizAction['type'], true>> = {
  quizOpening: true,
  quizFailed: true,
  quizBegan: true,
  quizAnswered: true,
  quizWentOn: true,
  quizLeft: true,
};

export function isQuizAction(action: { readonly type: string }): action is QuizAction {
  return Object.hasOwn(kTypes, action.type);
}

function answered(quiz: Running, bin: BinId): Running {
  const isChoice = quiz.choices.some(({ id }) => id === bin);
  if (phaseOf(quiz) !== 'asks' || !isChoice) return quiz;
  return { ...quiz, answers: [...quiz.answers, bin] };
}

export function reduceQuiz(quiz: Quiz, action: QuizAction): Quiz {
  switch (action.type) {
    case 'quizOpening':
      return { kind: 'none', fault: null, isOpening: true };
    case 'quizFailed':
      return { kind: 'none', fault: action.fault, isOpening: false };
    case 'quizBegan': {
      const { questions, choices } = action;
      if (questions.length === 0) return { kind: 'none', fault: { what: null }, isOpening: false };
      return { kind: 'running', questions, choices, answers: [], at: 0 };
    }
    case 'quizAnswered':
      return quiz.kind === 'running' ? answered(quiz, action.bin) : quiz;
    case 'quizWentOn':
      if (quiz.kind !== 'running' || phaseOf(quiz) !== 'explains') return quiz;
      return { ...quiz, at: quiz.at + 1 };
    case 'quizLeft':
      return kNoQuiz;
  }
}
