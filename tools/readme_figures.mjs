// Copies the figures of a model card into README.md: node tools/readme_figures.mjs CARD.json README.md
// With --check nothing is written; the exit code tells whether the two agree.
import { readFileSync, writeFileSync } from 'node:fs';

const check = process.argv.includes('--check');
const [cardPath, readmePath] = process.argv.slice(2).filter((word) => word !== '--check');
const card = JSON.parse(readFileSync(cardPath, 'utf8'));
const kBegin = `<!-- figures of ${card.model.name}: written by tools/card, do not edit -->`;
const kEnd = '<!-- end of figures -->';

const kRounding = 1e-6; // of a sum's last digits, so that 100 % doesn't become 100.1 %

// Limits rounded outward, as the card prints them.
function percent({ share, lower, upper }) {
  const low = (Math.floor(lower * 1000 + kRounding) / 10).toFixed(1);
  const high = (Math.ceil(upper * 1000 - kRounding) / 10).toFixed(1);
  return `${(share * 100).toFixed(1)} % (${low}-${high})`;
}

function row(title, figures) {
  return `| ${title} | ${figures.pictures} | ${percent(figures.accuracy)} | ${percent(figures.mean_recall)} |`;
}

const kKinds = { white_cell: 'white cells', red_cell: 'red cells', platelet: 'platelets' };

function fieldsTable(fields) {
  const lines = [
    '| looked at | n | average precision at IoU 0.5 | F1 |',
    '| --- | --- | --- | --- |',
  ];
  for (const set of fields) {
    for (const { kind, given, ap50, f1 } of set.kinds) {
      lines.push(
        `| ${set.title}, ${kKinds[kind]} | ${given} | ${percent(ap50)} | ${percent(f1)} |`,
      );
    }
    const right = percent(set.counted_right);
    lines.push(
      `| ${set.title}, fields with all white cells counted right | ${set.pictures} | ${right} | |`,
    );
  }
  return lines.join('\n');
}

function table() {
  if (card.fields) return fieldsTable(card.fields);
  const lines = [
    '| looked at | n | accuracy (95 % interval) | mean recall |',
    '| --- | --- | --- | --- |',
  ];
  for (const set of card.sets) {
    for (const view of set.views) {
      const title = view === set.views[0] ? set.title : `${set.title}, ${view.title}`;
      lines.push(row(`${title}, per picture`, view.per_picture));
      if (view.per_original) lines.push(row(`${title}, per original`, view.per_original));
    }
    if (set.int8) lines.push(row(`${set.title}, int8 file, per picture`, set.int8.per_picture));
  }
  return lines.join('\n');
}

const readme = readFileSync(readmePath, 'utf8');
const begin = readme.indexOf(kBegin);
const end = readme.indexOf(kEnd, begin);
if (begin < 0 || end < begin) {
  console.error(`leukolens: ${readmePath} has no place for the figures ("${kBegin}")`);
  process.exit(1);
}
const figures = table();
const updated = `${readme.slice(0, begin + kBegin.length)}\n\n${figures}\n\n${readme.slice(end)}`;
if (!check) {
  writeFileSync(readmePath, updated);
} else if (updated !== readme) {
  console.error(
    `leukolens: the figures in ${readmePath} are not those of ${cardPath}; run tools/card`,
  );
  process.exit(1);
}
