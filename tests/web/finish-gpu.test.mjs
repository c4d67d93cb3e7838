// Every shader beside its C++ twin: for every style, WebGPU and the CPU paint the same picture, to 2 in 255 on 99.9 % of pixels.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));
const TOOL = process.env.FINISH_TOOL ?? path.join(ROOT, 'build/native/tests/finish_tool');
const SIDE = 40; // of the layers
const FRAME = 64; // of the picture
const GPU_ENV = {
  ...process.env,
  VK_ICD_FILENAMES: '/usr/lib/chromium/vk_swiftshader_icd.json',
  LD_LIBRARY_PATH: `/usr/lib/chromium:${process.env.LD_LIBRARY_PATH ?? ''}`,
};

/** @type {string} */ let folder;
/** @type {{name: string}[]} */ let styles;

// An egg of a head with hair and eyes, in the planes of the schema.
function sitter() {
  const n = SIDE * SIDE;
  const planes = new Float32Array(24 * n);
  for (let y = 0; y < SIDE; ++y) {
    for (let x = 0; x < SIDE; ++x) {
      const i = y * SIDE + x;
      const u = (x + 0.5) / SIDE - 0.5;
      const v = (y + 0.5) / SIDE - 0.5;
      const soft = (/** @type {number} */ d) => Math.min(Math.max(d * SIDE * 0.3 + 0.5, 0), 1);
      const head = soft(1 - Math.hypot(u / 0.3, v / 0.38));
      const body = soft(1 - Math.hypot(u / 0.5, (v - 0.62) / 0.26));
      const alpha = Math.max(head, body);
      const hair = head * soft((-0.2 - v) * 3);
      const eyes = soft(1 - Math.hypot((Math.abs(u) - 0.11) / 0.05, (v + 0.03) / 0.03)) * (1 - hair);
      const lips = soft(1 - Math.hypot(u / 0.1, (v - 0.2) / 0.03)) * (1 - hair) * (1 - eyes);
      const skin = Math.max(head - hair - eyes - lips, 0);
      const clothes = Math.max(alpha - head, 0);
      const nz = Math.sqrt(Math.max(0.05, 1 - (u / 0.4) ** 2 - (v / 0.5) ** 2));
      const light = 0.5 + 0.5 * nz + 0.03 * Math.sin(x * 2.1) * Math.sin(y * 1.7);
      const sum = skin + hair + eyes + lips + clothes || 1;
      const mix = (/** @type {number[]} */ c) => ((skin * c[0] + hair * c[1] + eyes * c[2] + lips * c[3] + clothes * c[4]) / sum) * light;
      const shares = [nz, 0.5 - u, 0.5 + u, 0.5 - v, 0.5 + v, Math.max(-u, 0.02), Math.max(u, 0.02), 0.6];
      const all = shares.reduce((a, b) => a + b);
      const length = Math.hypot(u / 0.4, v / 0.5, nz);
      const values = [
        mix([0.5, 0.04, 0.8, 0.3, 0.05]), mix([0.28, 0.02, 0.8, 0.08, 0.1]), mix([0.18, 0.01, 0.8, 0.08, 0.25]), alpha,
        ...(alpha > 0 ? [u / 0.4 / length, -v / 0.5 / length, nz / length, 0.1 * nz - 0.08] : [0, 0, 0, 0]),
        skin, hair, 0, eyes, lips, 0, 0, clothes, ...shares.map((s) => s / all),
      ];
      values.forEach((value, plane) => (planes[plane * n + i] = value));
    }
  }
  return planes;
}

/** @param {string} name @param {object} recipe @param {string[]} [more] */
function paint(name, recipe, more = []) {
  const out = path.join(folder, name);
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, 'recipe.json'), JSON.stringify(recipe));
  const ran = spawnSync(TOOL, [
    '--recipe', path.join(out, 'recipe.json'), '--source', path.join(folder, 'sitter.raw'), '--size', `${SIDE}x${SIDE}`,
    '--planes', '24', '--out', out, ...more,
  ]);
  assert.equal(ran.status, 0, `${name}: ${ran.stderr}`);
  return out;
}

/** @param {string[]} words */
function onGpu(words) {
  const ran = spawnSync(process.execPath, [path.join(ROOT, 'tests/web/finish-compare.mjs'), ...words], { env: GPU_ENV, maxBuffer: 1 << 24 });
  assert.equal(ran.status, 0, String(ran.stderr));
  return String(ran.stdout).trim().split('\n').map((line) => JSON.parse(line));
}

/** @param {string[]} folders */
function compare(folders) {
  const source = path.join(folder, 'sitter.raw');
  for (const { folder: where, over, worst } of onGpu([source, ...folders]))
    assert.ok(over <= 0.001, `${path.basename(where)}: ${(100 * over).toFixed(2)} % of pixels differ by more than 2, the worst by ${worst}`);
}

before(() => {
  assert.ok(existsSync(TOOL), `${TOOL} is not built: cmake --build build/native --target finish_tool`);
  folder = mkdtempSync(path.join(tmpdir(), 'limner-finish-'));
  writeFileSync(path.join(folder, 'sitter.raw'), sitter());
  styles = JSON.parse(String(spawnSync(TOOL, ['--styles'], { maxBuffer: 1 << 24 }).stdout));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('developing: light, backdrops, grade and frame are the same on both', () => {
  const light = { lights: [{ azimuth: -45, elevation: 40, gain: 2, colour: '#ffe0c0' }, { azimuth: 120, elevation: 20, gain: 2 }], ambient: { gain: 0.3 } };
  compare([
    paint('plain', { limner: 1, frame: { size: FRAME }, backdrop: { kind: 'plain', colour: '#405060' } }),
    paint('gradient', { limner: 1, frame: { size: FRAME, shape: 'circle' }, backdrop: { kind: 'gradient', colour: '#e0d0c0', colour2: '#806040' }, retouch: { smooth: 1, whiten: 1 } }),
    paint('studio', { limner: 1, frame: { size: FRAME }, light, grade: { exposure: 0.4, contrast: 0.3, saturation: 0.2, temperature: 0.5, vignette: 0.5, grain: 0.6 } }),
    paint('scene', { limner: 1, frame: { size: FRAME }, light, backdrop: { kind: 'scene', colour: '#d08040', colour2: '#203060', seed: 5 } }),
    paint('transparent', { limner: 1, frame: { size: FRAME }, backdrop: { kind: 'transparent' } }),
    paint('window', { limner: 1, frame: { size: 200 }, style: { name: 'mosaic' } }, ['--window', '40,60,50,40']),
  ]);
});

test('every style is the same on both, and together they use every primitive', () => {
  const example = new Uint8Array(36 * 30 * 4).map((_, i) => (i % 4 === 3 ? 255 : 128 + 100 * Math.sin(i * 0.11) * Math.cos(i * 0.003)));
  const folders = styles.map(({ name }) => {
    const where = path.join(folder, `style-${name}`);
    mkdirSync(where);
    if (name === 'example') writeFileSync(path.join(where, 'example.raw'), example);
    const more = name === 'example' ? ['--example', path.join(where, 'example.raw'), '--example-size', '36x30'] : [];
    return paint(`style-${name}`, { limner: 1, frame: { size: FRAME }, style: { name, strength: 0.9 } }, more);
  });
  compare(folders);
  const used = new Set(['root', 'moments', 'fit', 'retouch']); // the retouching above
  for (const where of folders) for (const pass of JSON.parse(readFileSync(path.join(where, 'plan.json'), 'utf8')).passes) used.add(pass.primitive);
  /** @type {{name: string}[]} */
  const primitives = JSON.parse(String(spawnSync(TOOL, ['--primitives'], { maxBuffer: 1 << 24 }).stdout));
  assert.deepEqual(primitives.map((p) => p.name).filter((name) => !used.has(name)), []);
  for (const { name } of primitives) assert.ok(existsSync(path.join(ROOT, 'shaders', `${name}.wgsl`)), name);
});

test('after the first picture, a change of light is a single dispatch', () => {
  const from = paint('from', { limner: 1, frame: { size: FRAME }, light: { lights: [{ azimuth: -45, elevation: 40, gain: 2 }] } });
  const to = paint('to', { limner: 1, frame: { size: FRAME }, light: { lights: [{ azimuth: 10, elevation: 20, gain: 3 }] } });
  const [[first, second]] = onGpu(['--kept', path.join(folder, 'sitter.raw'), from, to]);
  assert.ok(first.dispatches > 1);
  assert.equal(second.dispatches, 1);
  assert.equal(second.images, 0); // no memory either
});
