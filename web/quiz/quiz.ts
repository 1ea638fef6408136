// A quiz over reviewed cells: what is asked, what was answered, and how far both agree. Nothing of
// the model is in it.
import { allBins, type Bin, type BinId, kRemoved, kUnsure } from '../review/bins';
import type { CellId, Review } from '../review/review';

export interface Question {
  readonly cell: CellId;
  /** The cell as a data: address. */
  readonly crop: string;
  /** The class the reviewer gave it. */
  readonly reviewed: BinId;
}

export type Quiz =
  { readonly kind: 'none'; readonly fault: Fault | null; readonly isOpening: boolean } | Running;

/** `what`: why the file is no case; null: it is one, but has nothing to ask. */
export interface Fault {
  readonly what: string | null;
}

export interface Running {
  readonly kind: 'running';
  /** In the order in which they are asked. */
  readonly questions: readonly Question[];
  /** Everything that can be answered. */
  readonly choices: readonly Bin[];
  /** To the questions so far, in their order. */
  readonly answers: readonly BinId[];
  /** Index of the question that is shown, or their number at the end. */
  readonly at: number;
}

export const kNoQuiz: Quiz = { kind: 'none', fault: null, isOpening: false };

/** Cells that somebody reviewed and gave a class, and that can be shown. */
export function questionsOf({ cells, crops }: Review): readonly Question[] {
  return [...cells.values()].flatMap(({ id, person, isThere }) => {
    const crop = crops.get(id);
    if (person === null || !isThere || crop === undefined) return [];
    if (person.bin === kUnsure || person.bin === kRemoved) return [];
    return [{ cell: id, crop, reviewed: person.bin }];
  });
}

export function choicesOf({ own }: Review): readonly Bin[] {
  return allBins([], own).filter(({ id }) => id !== kUnsure && id !== kRemoved);
}

/** In any order, each as likely as another; `random` gives 0 to below 1. */
export function shuffled<One>(all: readonly One[], random: () => number): readonly One[] {
  const mixed = [...all];
  for (let last = mixed.length - 1; last > 0; --last) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] as One, mixed[last] as One];
  }
  return mixed;
}

export type Phase = 'asks' | 'explains' | 'ended';

export function phaseOf({ questions, answers, at }: Running): Phase {
  if (at === questions.length) return 'ended';
  return answers.length > at ? 'explains' : 'asks';
}

export interface Score {
  readonly answered: number;
  readonly agreed: number;
  /** By reviewed class, in the order of the choices; classes not asked for are left out. */
  readonly classes: readonly {
    readonly bin: BinId;
    readonly asked: number;
    readonly agreed: number;
  }[];
}

export function scoreOf({ questions, choices, answers }: Running): Score {
  const done = answers.map((answer, index) => ({ answer, question: questions[index] }));
  const of = (bin: BinId) => done.filter(({ question }) => question?.reviewed === bin);
  const agreed = (some: typeof done): number =>
    some.filter(({ answer, question }) => answer === question?.reviewed).length;
  const classes = choices.map(({ id }) => {
    return { bin: id, asked: of(id).length, agreed: agreed(of(id)) };
  });
  return {
    answered: done.length,
    agreed: agreed(done),
    classes: classes.filter(({ asked }) => asked > 0),
  };
}

export interface Mistake {
  readonly question: Question;
  readonly answer: BinId;
}

/** Where the answer was another than the reviewer's. */
export function mistakesOf({ questions, answers }: Running): readonly Mistake[] {
  return questions.flatMap((question, index) => {
    const answer = answers[index];
    return answer === undefined || answer === question.reviewed ? [] : [{ question, answer }];
  });
}
