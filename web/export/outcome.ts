// The ways in which results leave the page.

/** Made of the differential. */
export const kOfDifferential = [
  'sentence',
  'table',
  'classes',
  'classes_excel',
  'json',
  'fhir',
] as const;
/** Made of the cells under review. */
export const kOfCells = ['cells', 'cells_excel', 'pictures'] as const;

export type Outcome = (typeof kOfDifferential)[number] | (typeof kOfCells)[number] | 'print';
