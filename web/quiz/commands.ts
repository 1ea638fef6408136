// Keys of the quiz beside those of the classes.
import type { Command } from '../commands';
import { phaseOf } from './quiz';

export const kQuizCommands: readonly Command[] = [
  {
    name: 'quizGoOn',
    label: 'command.quiz_go_on',
    bin: null,
    keys: ['Enter', 'Space'],
    places: ['quiz'],
    action: ({ quiz }) =>
      quiz.kind === 'running' && phaseOf(quiz) === 'explains' ? { type: 'quizWentOn' } : null,
  },
];
