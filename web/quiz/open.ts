// From a case file to what can be asked.
import { unpack } from '../case/archive';
import { readCase } from '../case/contents';
import type { QuizAction } from './actions';
import { choicesOf, questionsOf, shuffled } from './quiz';

/** The quiz that a file makes, or why it makes none. */
export async function openQuiz(file: Blob, random: () => number): Promise<QuizAction> {
  try {
    const archive = await unpack(file);
    const { opened } = await readCase({
      json: archive.json,
      crops: () => Promise.resolve(archive.folder('cells/')),
      picture: () => Promise.resolve(null),
    });
    const { review } = opened;
    const questions = shuffled(questionsOf(review), random);
    return { type: 'quizBegan', questions, choices: choicesOf(review) };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { type: 'quizFailed', fault: { what } };
  }
}
