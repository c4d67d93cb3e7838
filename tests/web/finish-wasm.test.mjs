// Same recipe, same bytes: what the browser's core paints of a photo is what the native one paints, in every style, to the last bit; and
// of a sitter, with hair, without one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { unwrap } from '../../web/fault.js';
import { paintIn, PACK, ROOT, SIDE, sitter, TOOL } from './finish-scene.mjs';

const CORE = path.join(ROOT, 'build/web/core.mjs');
const WIDTH = 72, HEIGHT = 56;

test('every style gives the same bytes in WebAssembly and natively', async () => {
  for (const file of [CORE, TOOL]) assert.ok(existsSync(file), `${file} is not built: ./limner build native site`);
  const { default: createCore } = await import(CORE);
  const core = await createCore();
  const rgba = new Uint8Array(WIDTH * HEIGHT * 4).map((_, i) => (i % 4 === 3 ? 255 : 128 + 90 * Math.sin(i * 0.031) * Math.cos(i * 0.0007) + ((i * 2654435761) >>> 28)));
  unwrap(core.keepPhoto(rgba, WIDTH, HEIGHT));
  const folder = mkdtempSync(path.join(tmpdir(), 'limner-wasm-'));
  try {
    writeFileSync(path.join(folder, 'photo.raw'), rgba);
    /** @type {{name: string}[]} */
    const styles = JSON.parse(core.styleList());
    assert.ok(styles.length >= 30);
    for (const { name } of styles) {
      const recipe = JSON.stringify({ limner: 1, seed: 'bytes', style: { name }, grade: { grain: 0.3, exposure: 0.1 } });
      writeFileSync(path.join(folder, 'recipe.json'), recipe);
      const ran = spawnSync(TOOL, ['--photo', path.join(folder, 'photo.raw'), '--size', `${WIDTH}x${HEIGHT}`, '--recipe', path.join(folder, 'recipe.json'), '--out', folder]);
      assert.equal(ran.status, 0, String(ran.stderr));
      const here = unwrap(core.finishPhoto(recipe, () => true));
      assert.deepEqual(Buffer.from(here.rgba), readFileSync(path.join(folder, 'picture.raw')), name);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a sitter has the same hairs and eyes in WebAssembly and natively', async () => {
  for (const file of [CORE, TOOL]) assert.ok(existsSync(file), `${file} is not built: ./limner build native site`);
  const { default: createCore } = await import(CORE);
  const core = await createCore();
  const planes = sitter();
  assert.ok(core.keepLayers(0, planes, SIDE, SIDE));
  assert.ok(core.openGeometry(readFileSync(PACK)));
  const folder = mkdtempSync(path.join(tmpdir(), 'limner-wasm-'));
  try {
    writeFileSync(path.join(folder, 'sitter.raw'), planes);
    for (const size of [64, 512, 700]) {
      const recipe = { limner: 1, seed: 'bytes', frame: { size }, set: { 'glasses.style': 'round', 'earrings.style': 'drop' } };
      const native = readFileSync(path.join(paintIn(folder, `hair-${size}`, recipe), 'picture.raw'));
      assert.deepEqual(Buffer.from(unwrap(core.finishKept(0, JSON.stringify(recipe))).rgba), native, `${size}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
