// The nets' cards as they were measured (model/*_card.json), what is drawn of them, and the parts of
// others that the page is made of. The build writes them into one file beside the page.

/** Of 0..1, or null where there was nothing to measure. */
export interface Share {
  readonly share: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** What the makers of a net aimed at, before it was measured. */
export interface Aim {
  readonly title: string;
  readonly measure: string;
  readonly at_least?: number;
  readonly at_most?: number;
  /** null: not measured for this card. */
  readonly value: number | null;
  readonly met: boolean;
}

export interface Measured {
  readonly pictures: number;
  readonly accuracy: Share;
  readonly mean_recall: Share;
  readonly expected_calibration_error: number | null;
}

export interface CardSet {
  readonly name: string;
  readonly title: string;
  readonly views: readonly { readonly title: string; readonly per_picture?: Measured }[];
}

export interface CardField {
  readonly title: string;
  readonly pictures: number;
  readonly kinds: readonly {
    readonly kind: string;
    readonly given: number;
    readonly ap50: Share;
  }[];
}

export interface Refusal {
  readonly title: string;
  /** By a net that was never shown the kind; this is how the shipped one may do on what is new. */
  readonly unseen?: boolean;
  /** White cells of the five kinds beside them, and how many of those were refused wrongly. */
  readonly white: number;
  readonly white_refused: number;
  readonly kinds: readonly {
    readonly kind: string;
    readonly pictures: number;
    readonly refused: number;
  }[];
}

export interface Card {
  readonly model: {
    readonly name: string;
    readonly version: string;
    readonly sha256: string;
    readonly parameters: number;
    readonly multiply_adds: number;
    readonly training_set: string;
  };
  readonly gates?: readonly Aim[];
  readonly sets: readonly CardSet[];
  readonly fields?: readonly CardField[];
  readonly refusals?: readonly Refusal[];
}

/** Somebody else's part in this page, or pictures a net has learnt from. */
export interface Part {
  readonly name: string;
  /** SPDX, or as the licence calls itself; "–": none was given. */
  readonly licence: string;
  /** By language. */
  readonly what: Readonly<Record<string, string>>;
}

export interface About {
  readonly cards: readonly Card[];
  /** Addresses beside the page, such as "model/plots/cells/pbc_val.svg". */
  readonly plots: readonly string[];
  readonly code: readonly Part[];
  readonly data: readonly Part[];
}

export const kAboutPath = 'model/about.json';

/** What the net of this card was drawn as on this set, where it was. */
export function plotOf(about: About, card: Card, set: CardSet): string | null {
  const path = `model/plots/${card.model.name}/${set.name}.svg`;
  return about.plots.includes(path) ? path : null;
}

export type AimState = 'met' | 'not_met' | 'not_measured';

export function stateOf(aim: Aim): AimState {
  if (aim.value === null) return 'not_measured';
  return aim.met ? 'met' : 'not_met';
}
