// Ruff on Python files, from its npm package (WebAssembly): node tools/ruff.mjs FILE…
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Workspace, PositionEncoding } = createRequire(import.meta.url)('@astral-sh/ruff-wasm-nodejs');

const workspace = new Workspace(
  {
    'line-length': 130,
    'target-version': 'py311',
    lint: {
      select: ['E', 'F', 'W', 'I', 'B', 'UP', 'ANN', 'D100', 'D101', 'D103', 'SIM', 'RET', 'PTH', 'NPY', 'RUF'],
      // Signs such as × and σ are right in comments about maths.
      ignore: ['RUF001', 'RUF002', 'RUF003', 'RUF043', 'ANN401', 'E501'],
    },
  },
  PositionEncoding.Utf32,
);

let wrong = 0;
for (const file of process.argv.slice(2)) {
  // A test's name is its documentation.
  const found = workspace
    .check(readFileSync(file, 'utf8'))
    .filter((/** @type {{ code?: string }} */ d) => !(file.startsWith('tests/') && d.code?.startsWith('D1')));
  for (const d of found) {
    ++wrong;
    console.log(`${file}:${d.start_location.row}:${d.start_location.column}: ${d.code ?? 'syntax'} ${d.message}`);
  }
}
if (wrong) console.log(`${wrong} findings`);
process.exit(wrong ? 1 : 0);
