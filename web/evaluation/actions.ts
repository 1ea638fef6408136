// What happens in the room of the evaluation, and the state it makes.
import type { Figures } from './evaluation';

export interface Room {
  /** null until the module has reckoned. */
  readonly figures: Figures | null;
  /** Why it could not, or null. */
  readonly error: string | null;
}

export const kEmptyRoom: Room = { figures: null, error: null };

/** What is saved of it, as a table. */
export type Table = 'figures' | 'pictures';

export type EvaluationAction = {
  readonly type: 'evaluationMade';
  readonly figures: Figures | null;
  readonly error: string | null;
};

export function isEvaluationAction(action: { readonly type: string }): action is EvaluationAction {
  return action.type === 'evaluationMade';
}

export function reduceEvaluation(_: Room, { figures, error }: EvaluationAction): Room {
  return { figures, error };
}
