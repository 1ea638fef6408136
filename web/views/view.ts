// What every view is: an element, brought up to date with the state. What a person wants leaves it
// through the door it was made with.
import type { Action } from '../actions';
import type { Table } from '../evaluation/actions';
import type { Question } from '../quiz/quiz';
import type { Bin } from '../review/bins';
import type { Outcome } from '../export/outcome';
import type { State } from '../state';

export interface View {
  readonly root: HTMLElement;
  update(state: State): void;
}

/** What a person can ask for of the case as a whole. */
export interface CaseDoor {
  decide(what: 'merge' | 'replace' | 'drop'): void;
  openPast(id: string): void;
  switchHistory(isOn: boolean): void;
  wipe(): Promise<void>;
}

/** The live view of a camera. */
export interface CameraDoor {
  attach(video: HTMLVideoElement): void;
  /** null: the one that looks away from the person, if there is a choice. */
  open(deviceId: string | null): void;
  take(): void;
}

export interface Door {
  dispatch(action: Action): void;
  /** Does what the command of this name stands for now, if anything. */
  command(name: string): void;
  chooseFiles(): void;
  chooseFolder(): void;
  pasteFromClipboard(): void;
  readonly camera: CameraDoor;
  addSample(sample: Sample): void;
  takeOut(what: Outcome): void;
  takeEvaluation(what: Table, isForExcel: boolean): void;
  readonly keeping: CaseDoor;
  chooseCase(): void;
  /** Asks for a case file and begins a quiz with it. */
  chooseQuiz(): void;
  /** Begins a quiz with these, in any order. */
  beginQuiz(questions: readonly Question[], choices: readonly Bin[]): void;
  retryEngine(): void;
  useUpdate(): void;
  /** Tries to send something to this address in every way there is. */
  testPrivacy(address: string): void;
}

/** A drawing shipped with the page. */
export interface Sample {
  readonly path: string;
  /** Labels of the classes it was drawn as. */
  readonly labels: readonly string[];
}
