// Real pictures of the official TEST part: the page's wasm and the command line agree on photographs too.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  choose,
  classifiedByCommandLine,
  expect,
  expectSameAnswers,
  openPage,
  test,
  waitUntilRead,
} from './table';
import { kServer } from './server';

const kZip = join(kServer.root, '../shared/data/kaggle.zip');
const kClasses = ['neutrophil', 'eosinophil', 'lymphocyte', 'monocyte'];
const kEach = 3;

/** `kEach` TEST pictures a class, spread evenly over the index. */
function chosenPictures(): string[] {
  const text = { encoding: 'utf8', maxBuffer: 16 << 20 } as const;
  const index = execFileSync('unzip', ['-p', kZip, 'index.csv'], text);
  const [head = '', ...rows] = index.trim().split(/\r?\n/);
  const columns = head.split(',');
  const of = (row: string, column: string): string | undefined =>
    row.split(',')[columns.indexOf(column)];
  return kClasses.flatMap((label) => {
    const those = rows.filter(
      (row) =>
        of(row, 'split') === 'test' && of(row, 'class') === label && of(row, 'packed') === '1',
    );
    const step = Math.floor(those.length / kEach);
    return Array.from({ length: kEach }, (_, i) => of(those[i * step] ?? '', 'file') ?? '');
  });
}

test('real TEST pictures get the same answers in the page and on the command line', async ({
  page,
}, testInfo) => {
  if (!existsSync(kZip)) {
    console.log('NOT RUN: no ../shared/data/kaggle.zip, so no real picture was compared');
    testInfo.skip(true, 'the data sets are not part of this repository');
  }
  const inZip = chosenPictures();
  const folder = testInfo.outputPath('pictures');
  execFileSync('unzip', ['-q', '-j', kZip, ...inZip, '-d', folder]);
  const files = inZip.map((path) => join(folder, basename(path)));
  const lines = classifiedByCommandLine(files);
  expect(lines).toHaveLength(kClasses.length * kEach);
  const cells = lines.reduce((total, line) => total + line.cells.length, 0);
  expect(cells).toBeGreaterThanOrEqual(files.length / 2);

  await openPage(page);
  await choose(page, files);
  await waitUntilRead(page, files.length);
  await expectSameAnswers(page, lines);
  console.log(`   ${files.length} real pictures, ${cells} cells compared`);
});
