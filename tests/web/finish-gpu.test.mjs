// Every shader beside its C++ twin: for every style, WebGPU and the CPU paint the same picture, to 2 in 255 on 99.9 % of pixels; and so
// does every pass on the way there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { FRAME, onGpu, paintIn, ROOT, sitter, TOOL } from './finish-scene.mjs';

/** @type {string} */ let folder;
/** @type {{name: string}[]} */ let styles;

/** @param {string} name @param {object} recipe @param {string[]} [more] */
const paint = (name, recipe, more) => paintIn(folder, name, recipe, more);

/** @param {string[]} folders */
function compare(folders) {
  const source = path.join(folder, 'sitter.raw');
  for (const { folder: where, over, worst, primitives } of onGpu([source, ...folders])) {
    assert.ok(over <= 0.001, `${path.basename(where)}: ${(100 * over).toFixed(2)} % of pixels differ by more than 2, the worst by ${worst}`);
    for (const [name, { pixels, over: far, worst: farthest }] of Object.entries(primitives))
      assert.ok(far <= 0.001 * pixels, `${path.basename(where)}, ${name}: ${far} of ${pixels} pixels differ by more than 2, the worst by ${farthest}`);
  }
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
    paint('gradient', { limner: 1, frame: { size: FRAME, shape: 'circle' }, backdrop: { kind: 'gradient', colour: '#e0d0c0', colour2: '#806040' }, retouch: { smooth: 1, whiten: 1 } }, ['--images', 'yes']),
    paint('studio', { limner: 1, frame: { size: FRAME }, light, grade: { exposure: 0.4, contrast: 0.3, saturation: 0.2, temperature: 0.5, vignette: 0.5, grain: 0.6 } }),
    paint('scene', { limner: 1, frame: { size: FRAME }, light, backdrop: { kind: 'scene', colour: '#d08040', colour2: '#203060', seed: 5 } }),
    paint('transparent', { limner: 1, frame: { size: FRAME }, backdrop: { kind: 'transparent' } }),
    paint('marked', { limner: 1, frame: { size: 256 }, set: { 'skin.tone': 2, 'skin.freckles': 1, 'skin.moles': 1, 'skin.blotches': 1, age: 85, 'pose.yaw': 25, 'pose.pitch': -10, 'pose.roll': 8 } }, ['--images', 'yes']),
    // What is worn; a face that looks aside, others that blink and laugh.
    ...[
      { 'glasses.style': 'round', 'glasses.colour': 'gold', 'pose.yaw': -25, 'gaze.x': 10, 'earrings.style': 'hoop', 'makeup.eyes': 1, 'makeup.liner': 1, 'makeup.lips': 1, 'makeup.blush': 1 },
      { 'glasses.style': 'half_rim', 'glasses.colour': 'black', 'expression.blink': 0.7, 'earrings.style': 'drop', 'makeup.liner': 0.4, 'beard.shadow': 1 },
      { 'glasses.style': 'aviator', 'glasses.colour': 'tortoise', 'glasses.tint': 0.8, 'expression.smile_open': 1 },
      { 'glasses.style': 'cat_eye', 'glasses.colour': 'clear', 'earrings.style': 'stud' },
    ].map((set, i) => paint(`worn-${i}`, { limner: 1, frame: { size: 320 }, set: { 'hair.style': 'buzz', ...set } }, ['--images', 'yes', '--window', '5,90,310,150'])),
    // Beards, straight on and aside.
    ...[
      { 'beard.style': 'circle', 'hair.grey': 0 },
      { 'beard.style': 'anchor', 'hair.grey': 0.5, 'pose.yaw': 20, 'pose.roll': -6, 'beard.length': 1 },
      { 'beard.style': 'stubble', 'hair.grey': 0.3, 'pose.pitch': 10 },
      { 'beard.style': 'mutton_chops', 'hair.grey': 1, 'pose.yaw': -25, 'beard.density': 1 },
    ].map((set, i) => paint(`beard-${i}`, { limner: 1, frame: { size: 320 }, set: { presentation: 1, ...set } }, ['--images', 'yes', '--window', '60,150,200,160'])),
    // Where skin ends: a cheek and an ear aside, a chin from below.
    paint('edges', { limner: 1, frame: { size: 512 }, set: { 'hair.style': 'bald', 'beard.style': 'none', 'pose.yaw': 25 } }, ['--images', 'yes', '--window', '60,200,380,120']),
    paint('chin', { limner: 1, frame: { size: 640 }, set: { 'hair.style': 'bald', 'beard.style': 'none', 'pose.pitch': -10 } }, ['--images', 'yes', '--window', '220,480,200,120']),
    paint('waves', { limner: 1, frame: { size: 320 }, set: { 'hair.style': 'long_curly' } }, ['--images', 'yes', '--window', '20,100,120,130']),
    paint('rows', { limner: 1, frame: { size: 320 }, set: { 'hair.style': 'cornrows', 'pose.yaw': 10 } }, ['--images', 'yes', '--window', '60,20,200,130']),
    paint('plaits', { limner: 1, frame: { size: 320 }, set: { 'hair.style': 'box_braids' } }, ['--images', 'yes', '--window', '20,100,120,130']),
    paint('parted', { limner: 1, frame: { size: 320 }, set: { 'hair.style': 'long_side', 'pose.yaw': -15, 'pose.roll': 5 } }, ['--images', 'yes', '--window', '60,40,200,130']),
    ...[{ 'clothes.style': 'crew', 'clothes.pattern': 'stripes' }, { 'clothes.style': 'turtleneck', 'clothes.pattern': 'dots', 'pose.yaw': 15 }, { 'clothes.style': 'shirt', 'clothes.pattern': 'knit' }, { 'clothes.style': 'sweater', 'clothes.pattern': 'melange' }, { 'clothes.style': 'v_neck', 'clothes.pattern': 'check' }]
      .map((set, i) => paint(`cloth-${i}`, { limner: 1, frame: { size: 320 }, set: { 'hair.style': 'crop', 'beard.style': 'none', ...set } }, ['--images', 'yes', '--window', '10,220,300,100'])),
    // Single hairs around hair that hangs, curls or stands.
    ...['long_straight', 'curls_medium', 'crop'].map((style) =>
      paint(`stray-${style}`, { limner: 1, frame: { size: 320 }, set: { 'hair.style': style, 'hair.messy': 1 }, backdrop: { kind: 'transparent' } }, ['--images', 'yes', '--window', '50,10,220,100'])),
    // Hair at full size, where strands are longest; and where its grain is wider than a pixel.
    ...['crew', 'slicked_back', 'ponytail_high'].map((style) =>
      paint(`front-${style}`, { limner: 1, frame: { size: 320 }, set: { 'hair.style': style, 'pose.yaw': 10 } }, ['--images', 'yes', '--window', '80,20,170,110'])),
    paint('hair', { limner: 1, frame: { size: 512 } }, ['--images', 'yes', '--window', '130,40,160,110']),
    paint('large', { limner: 1, frame: { size: 1024 } }, ['--images', 'yes', '--window', '500,180,90,80']),
    paint('window', { limner: 1, frame: { size: 200 }, style: { name: 'mosaic' } }, ['--window', '40,60,50,40']),
  ]);
});

test('every style is the same on both, and together they use every primitive', () => {
  const example = new Uint8Array(36 * 30 * 4).map((_, i) => (i % 4 === 3 ? 255 : 128 + 100 * Math.sin(i * 0.11) * Math.cos(i * 0.003)));
  const folders = styles.map(({ name }) => {
    const where = path.join(folder, `style-${name}`);
    mkdirSync(where);
    if (name === 'example') writeFileSync(path.join(where, 'example.raw'), example);
    const more = ['--images', 'yes', ...(name === 'example' ? ['--example', path.join(where, 'example.raw'), '--example-size', '36x30'] : [])];
    return paint(`style-${name}`, { limner: 1, frame: { size: FRAME }, style: { name, strength: 0.9 } }, more);
  });
  compare(folders);
  const used = new Set(['carve', 'root', 'moments', 'fit', 'retouch', 'parting', 'cloth', 'wrinkles', 'brows', 'beard_roots', 'beard', 'stray_roots', 'strays', 'locks', 'mould', 'mouth', 'eyes', 'worn']); // above
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

test('other glasses go on a face that is there: two dispatches', () => {
  const [from, to] = ['round', 'square'].map((style) => paint(`glasses-${style}`, { limner: 1, frame: { size: FRAME }, set: { 'glasses.style': style } }));
  const [[, second]] = onGpu(['--kept', path.join(folder, 'sitter.raw'), from, to]);
  assert.equal(second.dispatches, 2);
});
