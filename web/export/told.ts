// What the page's state says of a result in words: where it comes from, and its sentence.
import { modelsIn } from '../counted';
import { formatDate, text } from '../i18n';
import type { State } from '../state';
import type { Provenance } from './provenance';
import { sentence } from './sentence';

/** Of the program; written by build.mjs. */
declare const kProgramVersion: string;

export function provenanceOf(state: State): Provenance {
  return {
    program: kProgramVersion,
    models: modelsIn(state),
    intendedUse: text('case.intended_use'),
  };
}

/** The template a person wrote, or the page's own. */
export function templateOf({ template }: State): string {
  return template.trim() === '' ? text('export.template') : template;
}

/** null: there is no differential. */
export function sentenceOf(state: State): string | null {
  const { result } = state.differential;
  if (result === null) return null;
  return sentence(templateOf(state), result, provenanceOf(state), formatDate(Date.now(), 0));
}
