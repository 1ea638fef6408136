// Two cases become one: pictures are told by their bytes, cells by picture and box. Where two people
// answered one cell differently, the later answer is kept, and the page says how many there were.
import { type Bin, type BinId, isOwn, nextOwnId } from '../review/bins';
import type { CellId, Review, ReviewCell } from '../review/review';

export interface Merged {
  readonly review: Review;
  readonly pictures: number;
  readonly cells: number;
  /** Cells of this case that got an answer or a later one. */
  readonly answers: number;
  /** Cells that both cases answer, differently. */
  readonly differing: number;
  /** Ids in the merged case by those in the case that came. */
  readonly ids: ReadonlyMap<CellId, CellId>;
}

/** Classes of one's own are the same where name and counting are. */
function joinClasses(ours: readonly Bin[], theirs: readonly Bin[]) {
  const own = [...ours];
  const names = new Map<BinId, BinId>();
  for (const { id, ownName, counting } of theirs) {
    const same = own.find((one) => one.ownName === ownName && one.counting === counting);
    const bin = same ?? { id: nextOwnId(own), ownName, counting };
    if (same === undefined) own.push(bin);
    names.set(id, bin.id);
  }
  return { own, names };
}

function placeOf({ picture, box, source }: ReviewCell): string {
  const corners = [box.x, box.y, box.width, box.height].map((value) => value.toFixed(2));
  return [source, picture, ...corners].join(' ');
}

function renamed(cell: ReviewCell, names: ReadonlyMap<BinId, BinId>): ReviewCell {
  const { person } = cell;
  if (person === null || !isOwn(person.bin)) return cell;
  return { ...cell, person: { ...person, bin: names.get(person.bin) ?? person.bin } };
}

/** The later of two answers. */
function joinCell(ours: ReviewCell, theirs: ReviewCell): ReviewCell {
  const isLater = (theirs.person?.atMs ?? -1) > (ours.person?.atMs ?? -1);
  return {
    ...ours,
    person: isLater ? theirs.person : ours.person,
    model: ours.model ?? theirs.model,
  };
}

function joinPictures(ours: Review, theirs: Review): Review['pictures'] {
  const pictures = new Map(ours.pictures);
  for (const [key, picture] of theirs.pictures) {
    if (!pictures.has(key)) pictures.set(key, { ...picture, number: pictures.size + 1 });
  }
  return pictures;
}

export function merge(ours: Review, theirs: Review): Merged {
  const { own, names } = joinClasses(ours.own, theirs.own);
  const pictures = joinPictures(ours, theirs);
  const cells = new Map(ours.cells);
  const crops = new Map(ours.crops);
  const places = new Map([...cells.values()].map((cell) => [placeOf(cell), cell.id]));
  const ids = new Map<CellId, CellId>();
  let [next, answers, differing] = [Math.max(0, ...cells.keys()) + 1, 0, 0];
  for (const theirCell of theirs.cells.values()) {
    const cell = renamed(theirCell, names);
    const known = cells.get(places.get(placeOf(cell)) ?? -1);
    const id = known?.id ?? next++;
    const joined = known === undefined ? { ...cell, id } : joinCell(known, cell);
    if (known !== undefined && joined.person !== known.person) answers += 1;
    const both = known?.person != null && cell.person !== null;
    if (both && known.person?.bin !== cell.person?.bin) differing += 1;
    cells.set(id, known === undefined ? joined : { ...joined, isThere: true });
    ids.set(theirCell.id, id);
    const crop = theirs.crops.get(theirCell.id);
    if (crop !== undefined && !crops.has(id)) crops.set(id, crop);
  }
  return {
    review: {
      ...ours,
      pictures,
      models: new Map([...theirs.models, ...ours.models]),
      cells,
      crops,
      own,
    },
    pictures: pictures.size - ours.pictures.size,
    cells: cells.size - ours.cells.size,
    answers,
    differing,
    ids,
  };
}
