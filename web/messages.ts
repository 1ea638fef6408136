// What the page and its worker say to each other. Both ends import only these types.
import type { ErrorCode, WarningCode } from './codes';

export type Verdict = 'classified' | 'unsure' | 'other_or_abnormal' | 'not_a_white_cell';

/** In pixels of the picture as seen; may reach beyond its edge. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What moved the net towards its answer, place by place over the square it saw. */
export interface Evidence {
  readonly columns: number;
  readonly rows: number;
  /** Rows from the top, in logits: above 0 for the answer, below 0 against it. */
  readonly values: readonly number[];
}

export interface Cell {
  readonly box: Box;
  /** One of the model's labels, such as "neutrophil". */
  readonly label: string;
  readonly verdict: Verdict;
  /** In the order of the model's labels, 0..1, sum 1. */
  readonly probabilities: readonly number[];
  /** In the order of the model's sides, each 0..1 on its own. */
  readonly sides: readonly number[];
  readonly evidence: Evidence;
  /** The finder's score, 0..1. */
  readonly found: number;
}

/** What else the finder saw in this picture. */
export interface Surroundings {
  readonly redCells: readonly Box[];
  readonly platelets: readonly Box[];
  /** 0 where too few red cells tell it. */
  readonly umPerPx: number;
  readonly umPerPxLowest: number;
  readonly umPerPxHighest: number;
}

/** What one picture gave. No cells go with the warning "no_cell_found". */
export interface Reading {
  readonly width: number;
  readonly height: number;
  readonly format: string;
  /** "stb_image", "leukolens", "libtiff", or "browser" where the core can't read the format. */
  readonly decoder: string;
  readonly warnings: readonly WarningCode[];
  /** The surest find first. */
  readonly cells: readonly Cell[];
  readonly surroundings: Surroundings;
  readonly times: { readonly decode: number; readonly find: number; readonly classify: number };
}

/** Why a picture gave nothing: the code chooses the sentence, `what` fills its gap. */
export interface Failure {
  readonly code: ErrorCode;
  readonly what: string;
}

export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly trainingSet: string;
  readonly labels: readonly string[];
  /** Verdicts beside the classes that the net can give. */
  readonly sides: readonly string[];
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** 0..1; below it a cell is called unsure. */
  readonly classifiedThreshold: number;
  /** Side of the square the net looks at / longer side of the box. */
  readonly cropScale: number;
}

export type Variant = 'simd' | 'relaxed';

export interface EngineIdentity {
  readonly variant: Variant;
  readonly programVersion: string;
  readonly model: ModelIdentity;
}

/** The picture as the core saw it, small enough to show: PNG bytes and size in pixels. */
export interface Preview {
  readonly image: Blob;
  readonly width: number;
  readonly height: number;
}

/** A file, and which of its pages is meant, from 0. */
export interface Source {
  readonly file: Blob;
  readonly page: number;
}

/** One picture to read; `previewSide` is the longest side of the preview in pixels. */
export interface ReadRequest extends Source {
  readonly kind: 'read';
  readonly id: number;
  readonly previewSide: number;
}

/** One box of a picture to answer, as a person drew it. */
export interface BoxRequest extends Source {
  readonly kind: 'box';
  readonly id: number;
  readonly box: Box;
}

export type WorkerRequest = ReadRequest | BoxRequest;

export type WorkerMessage =
  | { readonly kind: 'ready'; readonly engine: EngineIdentity }
  | {
      readonly kind: 'unavailable';
      readonly reason: 'no_simd' | 'not_loaded';
      readonly what: string;
    }
  | {
      readonly kind: 'read';
      readonly id: number;
      readonly reading: Reading;
      readonly preview: Preview;
      /** Each cell cut out, as a data: address, in the order of the cells. */
      readonly crops: readonly string[];
      /** Of the file, 64 lower-case hex digits; null where the browser can't tell. */
      readonly sha256: string | null;
      /** How many pages the file has. */
      readonly pages: number;
    }
  | { readonly kind: 'boxRead'; readonly id: number; readonly cell: Cell; readonly crop: string }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly failure: Failure;
      readonly pages: number;
    };
