// The module that reckons, the same as the differential's: fetched when it is first wanted.
import { differentialFactory } from '../parts';
import type { Figures, Outcome } from './evaluation';

interface Module {
  evaluation(classes: number, outcomes: readonly Outcome[]): Figures;
}

export type Evaluate = (classes: number, outcomes: readonly Outcome[]) => Figures;

export async function loadEvaluate(): Promise<Evaluate> {
  const { factory, options } = await differentialFactory();
  const module = (await factory(options)) as Module;
  return (classes, outcomes) => module.evaluation(classes, outcomes);
}
