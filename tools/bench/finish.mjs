// Finish in numbers: shaders beside C++, the C++ side beside OpenCV, what a style costs the GPU, steadiness under a shift.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { FRAME, onGpu, paintIn, ROOT, SIDE, sitter, TOOL } from '../../tests/web/finish-scene.mjs';

export const what = 'shaders beside C++, C++ beside OpenCV at 1024², dispatches and bytes a style, steadiness';

const LARGE = 1024;
/** OpenCV's nearest equivalents, and the primitives whose passes together do that work. @type {Record<string, string[]>} */
const NEAREST = {
  GaussianBlur: ['blur'],
  resize: ['enlarge'],
  cornerEigenValsAndVecs: ['tensor'],
  bilateralFilter: ['root', 'moments', 'fit', 'retouch', 'blur'],
  edgePreservingFilter: ['kuwahara'],
  stylization: ['kuwahara'],
  pencilSketch: ['smear', 'dog', 'xdog'],
};

/** @typedef {{ name: string, value: number, unit: string, aim?: number, better?: 'less' | 'more', note?: string }} Row */
/** @typedef {{width: number, height: number, images: [number, number][], passes: {primitive: string, inputs: number[], output: number}[]}} Plan */
/** @typedef {{primitive: string, width: number, ms: number}} Pass */

/** What the dispatches read and write, at least: as web/finish-gpu.js counts. @param {Plan} plan */
function traffic(plan) {
  const size = (/** @type {number} */ id) => (id === 0 ? SIDE * SIDE * 24 * 4 : plan.images[id][0] * plan.images[id][1] * 16);
  return plan.passes.reduce((sum, pass, i) => {
    const [width, height] = plan.images[pass.output];
    return sum + pass.inputs.reduce((all, id) => all + size(id), 0) + width * height * (i === plan.passes.length - 1 ? 4 : 16);
  }, 0);
}

/** @param {string} command @param {string[]} words @param {Record<string, string>} [env] */
function told(command, words, env = {}) {
  const ran = spawnSync(command, words, { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, ...env } });
  if (ran.error || ran.status) throw new Error(`${command}: ${ran.stderr || ran.stdout || ran.error?.message}`);
  return ran.stdout;
}

/** @returns {Promise<Row[]>} */
export async function measure() {
  const folder = mkdtempSync(path.join(tmpdir(), 'limner-finish-'));
  try {
    writeFileSync(path.join(folder, 'sitter.raw'), sitter());
    /** @type {{name: string}[]} */
    const styles = JSON.parse(told(TOOL, ['--styles'])).filter((/** @type {{name: string}} */ style) => style.name !== 'example');
    const recipe = (/** @type {string} */ name, /** @type {number} */ size) => ({ limner: 1, frame: { size }, style: { name } });
    return [...shaders(folder, styles, recipe), ...costs(folder, styles, recipe), ...speeds(folder, styles, recipe), ...steadiness()];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {{name: string}[]} styles @param {(name: string, size: number) => object} recipe @returns {Row[]} */
function shaders(folder, styles, recipe) {
  const painted = styles.map(({ name }) => paintIn(folder, `small-${name}`, recipe(name, FRAME)));
  const all = onGpu([path.join(folder, 'sitter.raw'), ...painted]);
  const most = all.reduce((a, b) => (b.over > a.over ? b : a));
  const worst = all.reduce((a, b) => (b.worst > a.worst ? b : a));
  const name = (/** @type {{folder: string}} */ of) => path.basename(of.folder).slice(6);
  const lights = ['#ffe0c0', '#c0e0ff'].map((colour, i) => paintIn(folder, `light-${i}`, { limner: 1, frame: { size: FRAME }, light: { lights: [{ azimuth: 40 * i, elevation: 30, gain: 2, colour }] } }));
  const [[, relight]] = onGpu(['--kept', path.join(folder, 'sitter.raw'), ...lights]);
  return [
    { name: 'styles compared, WGSL and C++', value: all.length, unit: '', aim: 30, better: 'more' },
    { name: 'most pixels over 2/255 in a style', value: 100 * most.over, unit: '%', aim: 0.1, note: name(most) },
    { name: 'largest difference of any pixel', value: worst.worst, unit: '/255', note: name(worst) },
    { name: 'dispatches for a change of light', value: relight.dispatches, unit: '', aim: 1 },
  ];
}

/** @param {string} folder @param {{name: string}[]} styles @param {(name: string, size: number) => object} recipe @returns {Row[]} */
function costs(folder, styles, recipe) {
  return styles.map(({ name }) => {
    const where = path.join(folder, `plan-${name}`);
    paintIn(folder, `plan-${name}`, recipe(name, 512), ['--plan-only', 'yes']);
    /** @type {Plan} */
    const plan = JSON.parse(readFileSync(path.join(where, 'plan.json'), 'utf8'));
    return { name: `${name}, moved at 512²`, value: traffic(plan) / 1e6, unit: 'MB', note: `${plan.passes.length} dispatches` };
  });
}

/** Each primitive in one style that uses it. @param {string} folder @param {{name: string}[]} styles @param {(name: string, size: number) => object} recipe @returns {Row[]} */
function speeds(folder, styles, recipe) {
  /** @type {Map<string, number>} the fastest pass of each primitive at full size */
  const best = new Map();
  const uses = new Map(styles.map(({ name }) => {
    /** @type {Plan} */
    const plan = JSON.parse(readFileSync(path.join(folder, `plan-${name}`, 'plan.json'), 'utf8'));
    return [name, new Set(plan.passes.map((pass) => pass.primitive))];
  }));
  const missing = new Set([...uses.values()].flatMap((set) => [...set]));
  /** @param {object} asked @param {string} name */
  const time = (asked, name) => {
    paintIn(folder, `large-${name}`, asked, ['--passes', '1', '--to', path.join(folder, 'passes.json')]);
    /** @type {Pass[]} */
    const passes = JSON.parse(readFileSync(path.join(folder, 'passes.json'), 'utf8'));
    for (const { primitive, width, ms } of passes) {
      missing.delete(primitive);
      if (width === LARGE) best.set(primitive, Math.min(best.get(primitive) ?? Infinity, ms));
    }
  };
  time({ limner: 1, frame: { size: LARGE }, retouch: { smooth: 1, whiten: 1 } }, 'retouch');
  while (missing.size) {
    const gain = (/** @type {string} */ name) => [...(uses.get(name) ?? [])].filter((primitive) => missing.has(primitive)).length;
    const next = [...uses.keys()].reduce((a, b) => (gain(b) > gain(a) ? b : a));
    time(recipe(next, LARGE), next);
  }
  /** @type {Record<string, number>} */
  const opencv = JSON.parse(told('/usr/bin/python3', [path.join(ROOT, 'tools/bench/opencv_filters.py')]));
  const rows = [...best].sort(([a], [b]) => (a < b ? -1 : 1)).map(([primitive, ms]) => ({ name: `C++ ${primitive}, a pass of 1024²`, value: ms, unit: 'ms' }));
  const ratios = Object.entries(NEAREST).map(([name, primitives]) => {
    const passes = primitives.map((primitive) => (primitive === 'blur' ? 2 : 1) * (best.get(primitive) ?? 0));
    const ours = passes.reduce((a, b) => a + b);
    return { name: `C++ ${primitives.join(' + ')} / OpenCV ${name}`, value: ours / opencv[name], unit: 'x', note: `${ours.toFixed(0)} and ${opencv[name].toFixed(0)} ms` };
  });
  return [...rows, ...ratios];
}

/** @returns {Row[]} */
function steadiness() {
  const said = told(path.join(ROOT, 'build/native/tests/limner_tests'), ['[steady]'], { LIMNER_SHOW: '1', LIMNER_SIDE: '512' });
  return [...said.matchAll(/^\s+(\w+) (\d+(?:\.\d+)?)$/gm)].map(([, name, change]) => ({ name: `${name}, change under a shift of 1 px at 512²`, value: Number(change), unit: '/255', aim: 9 }));
}
