// What the page and the worker that reckons say to each other.
import type { CountsObject, Format } from './differential/differential';
import type { Outcome } from './evaluation/evaluation';

export type ReckonerQuestion =
  | {
      readonly kind: 'differential';
      readonly counts: CountsObject;
      readonly format: Format;
      /** For FHIR, such as 2026-01-15T10:30:00Z. */
      readonly instant: string;
    }
  | {
      readonly kind: 'evaluation';
      /** How many. */
      readonly classes: number;
      readonly outcomes: readonly Outcome[];
    };

export interface Asked {
  readonly id: number;
  readonly question: ReckonerQuestion;
}

/** An empty code says that all went well; else there is no text. */
export interface Answer {
  readonly code: string;
  readonly what: string;
  readonly text: string;
}

export type Reckoned =
  | { readonly id: number; readonly result: unknown }
  /** The module can't be loaded or broke: nothing that was asked is answered. */
  | { readonly fault: string };
