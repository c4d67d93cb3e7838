// Finish in numbers: shaders beside C++ in a real browser, the C++ side beside OpenCV, what a style costs the GPU, steadiness under a shift.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

import { FRAME, paintIn, ROOT, SIDE, sitter, TOOL } from '../../tests/web/finish-scene.mjs';
import { startServer } from '../serve.mjs';

export const what = 'shaders beside C++ in Chromium, C++ beside OpenCV at 1024², dispatches and bytes a style, steadiness';

const LARGE = 1024;
/**
 * OpenCV's nearest equivalents, and the primitives whose passes together do that work.
 * @type {[string[], string][]}
 */
const NEAREST = [
  [['blur', 'blur'], 'GaussianBlur'],
  [['root', 'blur', 'blur', 'moments', 'blur', 'blur', 'fit', 'blur', 'blur', 'retouch'], 'bilateralFilter'],
  [['kuwahara'], 'edgePreservingFilter'],
  [['tensor', 'blur', 'blur', 'flow', 'kuwahara', 'dog', 'xdog'], 'stylization'],
  [['smear', 'dog', 'xdog'], 'pencilSketch'],
  [['tensor', 'blur', 'blur', 'flow'], 'cornerEigenValsAndVecs'],
  [['enlarge'], 'resize'],
  [['wobble'], 'remap'],
  [['defocus'], 'filter2D'],
  [['blend'], 'addWeighted'],
  [['adjust'], 'pow'],
  [['root'], 'sqrt'],
];

/** @typedef {{ name: string, value: number, unit: string, aim?: number, better?: 'less' | 'more', note?: string }} Row */
/** @typedef {{width: number, height: number, images: [number, number][], passes: {primitive: string, inputs: number[], output: number}[]}} Plan */
/** @typedef {{primitive: string, width: number, ms: number}} Pass */
/** @typedef {import('../../tests/web/finish-match.js').Match} Match */
/** @typedef {import('../../tests/web/finish-match.js').Apart} Apart */
/** @typedef {{folder: string, names: string[], recipe: (name: string, size: number) => object}} Scene */

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
    const styles = JSON.parse(told(TOOL, ['--styles']));
    const names = styles.map(({ name }) => name).filter((name) => name !== 'example');
    const recipe = (/** @type {string} */ name, /** @type {number} */ size) => ({ limner: 1, frame: { size }, style: { name } });
    const scene = { folder, names, recipe };
    return [...(await shaders(scene)), ...costs(scene), ...speeds(scene), ...skin(), ...steadiness()];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What runs in the page. @param {{folders: string[], lights: string[]}} what */
async function inPage({ folders, lights }) {
  const gpu = /** @type {any} */ (navigator).gpu;
  const adapter = await gpu?.requestAdapter();
  if (!adapter) throw new Error('this Chromium has no WebGPU adapter');
  const device = await adapter.requestDevice();
  /** @type {string[]} */
  const complaints = [];
  device.addEventListener('uncapturederror', (/** @type {any} */ event) => complaints.push(event.error.message));
  const text = async (/** @type {string} */ at) => (await fetch(at)).text();
  const bytes = async (/** @type {string} */ at) => {
    const answer = await fetch(at);
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  };
  const { FinishMatch } = await import(new URL('/tests/web/finish-match.js', location.href).href);
  const match = new FinishMatch(device, (/** @type {string} */ name) => text(`/shaders/${name}.wgsl`), await bytes('/sitter.raw'));
  const plan = async (/** @type {string} */ folder) => JSON.parse(await text(`/${folder}/plan.json`));
  /** @type {Match[]} */
  const matches = [];
  for (const folder of folders)
    matches.push(await match.match(await plan(folder), await bytes(`/${folder}/picture.raw`), await bytes(`/${folder}/images.raw`), await bytes(`/${folder}/example.raw`)));
  const [one, two] = [await plan(lights[0]), await plan(lights[1])];
  const texture = device.createTexture({ size: [one.width, one.height], format: 'rgba8unorm', usage: 0x8 });
  await match.finish.prepare(one);
  match.finish.run(one, match.source, texture);
  const relight = match.finish.run(two, match.source, texture).dispatches;
  await device.queue.onSubmittedWorkDone();
  return { matches, relight, complaints, adapter: `${adapter.info?.vendor ?? ''} ${adapter.info?.architecture ?? ''} ${adapter.info?.description ?? ''}`.trim() };
}

/** @param {Scene} scene @returns {Promise<Row[]>} */
async function shaders({ folder, names, recipe }) {
  const images = ['--images', 'yes'];
  for (const name of names) paintIn(folder, name, recipe(name, FRAME), images);
  mkdirSync(path.join(folder, 'example'));
  const example = path.join(folder, 'example/example.raw');
  writeFileSync(example, new Uint8Array(36 * 30 * 4).map((_, i) => (i % 4 === 3 ? 255 : 128 + 100 * Math.sin(i * 0.11) * Math.cos(i * 0.003))));
  paintIn(folder, 'example', recipe('example', FRAME), [...images, '--example', example, '--example-size', '36x30']);
  paintIn(folder, 'retouch', { limner: 1, frame: { size: FRAME }, retouch: { smooth: 1, whiten: 1 } }, images);
  paintIn(folder, 'light', { limner: 1, frame: { size: FRAME }, light: { lights: [{ azimuth: -45, elevation: 40, gain: 2 }] }, backdrop: { kind: 'scene' } }, images);
  const lights = ['#ffe0c0', '#c0e0ff'].map((colour, i) => {
    paintIn(folder, `light-${i}`, { limner: 1, frame: { size: FRAME }, light: { lights: [{ azimuth: 40 * i, elevation: 30, gain: 2, colour }] } });
    return `light-${i}`;
  });
  for (const part of ['shaders', 'web/finish-gpu.js', 'tests/web/finish-match.js']) cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>finish</title>');

  const folders = [...names, 'example', 'retouch', 'light'];
  const server = await startServer({ root: folder });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', timeout: 240e3,
    args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-vulkan=swiftshader', '--use-angle=swiftshader', '--enable-features=Vulkan'],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(600e3);
    await page.goto(`${server.url}/`);
    const { matches, relight, complaints, adapter } = await page.evaluate(inPage, { folders, lights });
    if (complaints.length) throw new Error(complaints.join('\n'));
    /** @type {Map<string, Apart>} */
    const primitives = new Map();
    for (const match of matches) {
      for (const [name, { pixels, over, worst }] of Object.entries(match.primitives)) {
        const sum = primitives.get(name) ?? { pixels: 0, over: 0, worst: 0 };
        primitives.set(name, { pixels: sum.pixels + pixels, over: sum.over + over, worst: Math.max(sum.worst, worst) });
      }
    }
    // Only ever the last pass: what it makes is the picture.
    const ends = matches.reduce((sum, { over, worst }) => ({ over: Math.max(sum.over, over), worst: Math.max(sum.worst, worst) }), { over: 0, worst: 0 });
    primitives.set('compose', { pixels: 1, over: ends.over, worst: ends.worst });
    primitives.set('retouch, develop', { pixels: 1, over: matches[folders.indexOf('retouch')].over, worst: matches[folders.indexOf('retouch')].worst });
    return [
      { name: 'styles compared, WGSL and C++', value: names.length, unit: '', aim: 30, better: 'more', note: `Chromium ${browser.version()}, ${adapter}` },
      { name: 'dispatches for a change of light', value: relight, unit: '', aim: 1 },
      ...[...primitives].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { pixels, over, worst }]) =>
        ({ name: `${name}: pixels over 2/255, WGSL and C++`, value: (100 * over) / pixels, unit: '%', aim: 0.1, note: `at most ${worst.toFixed(2)}/255 apart` })),
      ...matches.map(({ over, worst }, i) =>
        ({ name: `${folders[i]} (picture): pixels over 2/255`, value: 100 * over, unit: '%', aim: 0.1, note: `at most ${worst}/255 apart` })),
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

/** What the dispatches read and write, at least: as web/finish-gpu.js counts. @param {Plan} plan */
function traffic(plan) {
  const size = (/** @type {number} */ id) => (id === 0 ? SIDE * SIDE * 28 * 4 : plan.images[id][0] * plan.images[id][1] * 16);
  return plan.passes.reduce((sum, pass, i) => {
    const [width, height] = plan.images[pass.output];
    return sum + pass.inputs.reduce((all, id) => all + size(id), 0) + width * height * (i === plan.passes.length - 1 ? 4 : 16);
  }, 0);
}

/** @param {Scene} scene @returns {Row[]} */
function costs({ folder, names, recipe }) {
  return names.map((name) => {
    paintIn(folder, name, recipe(name, 512), ['--plan-only', 'yes']);
    const plan = planOf(folder, name);
    return { name: `${name}, moved at 512²`, value: traffic(plan) / 1e6, unit: 'MB', note: `${plan.passes.length} dispatches` };
  });
}

/** @param {string} folder @param {string} name @returns {Plan} */
const planOf = (folder, name) => JSON.parse(readFileSync(path.join(folder, name, 'plan.json'), 'utf8'));

// Memory once taken stays, for us and for OpenCV: the best of three runs is one that does not wait for the system's pages.
const WARM = { GLIBC_TUNABLES: 'glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=4000000000:glibc.malloc.top_pad=100000000' };

/** Each primitive in one style that uses it. @param {Scene} scene @returns {Row[]} */
function speeds({ folder, names, recipe }) {
  const uses = new Map(names.map((name) => [name, new Set(planOf(folder, name).passes.map((pass) => pass.primitive))]));
  const missing = new Set([...uses.values()].flatMap((set) => [...set]));
  /** @type {Map<string, number[]>} of each primitive's passes at full size, the best of three */
  const times = new Map();
  /** @param {object} asked @param {string} name */
  const time = (asked, name) => {
    paintIn(folder, `large-${name}`, asked, ['--passes', '3', '--to', path.join(folder, 'passes.json')], WARM);
    /** @type {Pass[]} */
    const passes = JSON.parse(readFileSync(path.join(folder, 'passes.json'), 'utf8'));
    for (const { primitive, width, ms } of passes) {
      missing.delete(primitive);
      if (width === LARGE) times.set(primitive, [...(times.get(primitive) ?? []), ms]);
    }
    return passes;
  };
  const retouching = time({ limner: 1, frame: { size: LARGE }, retouch: { smooth: 1, whiten: 1 } }, 'retouch');
  while (missing.size) {
    const gain = (/** @type {string} */ name) => [...(uses.get(name) ?? [])].filter((primitive) => missing.has(primitive)).length;
    const next = [...uses.keys()].reduce((a, b) => (gain(b) > gain(a) ? b : a));
    time(recipe(next, LARGE), next);
  }
  const middle = new Map([...times].map(([name, all]) => [name, all.sort((a, b) => a - b)[all.length >> 1]]));
  // The blur beside OpenCV's is one of the same sigma: the wide one of retouching.
  const blurs = retouching.filter(({ primitive }) => primitive === 'blur').map(({ ms }) => ms);
  middle.set('blur', blurs.slice(2).sort((a, b) => a - b)[1]);
  /** @type {Record<string, number>} */
  const opencv = JSON.parse(told('/usr/bin/python3', [path.join(ROOT, 'tools/bench/opencv_filters.py')], WARM));
  return [
    ...[...middle].sort(([a], [b]) => (a < b ? -1 : 1)).map(([primitive, ms]) => ({ name: `C++ ${primitive}, a pass of 1024²`, value: ms, unit: 'ms' })),
    ...NEAREST.map(([primitives, name]) => {
      const ours = primitives.reduce((sum, primitive) => sum + (middle.get(primitive) ?? NaN), 0);
      const counted = [...new Set(primitives)].map((primitive) => {
        const times = primitives.filter((other) => other === primitive).length;
        return times > 1 ? `${times} ${primitive}` : primitive;
      });
      return { name: `C++ ${counted.join(' + ')} / ${name}`, value: ours / opencv[name], unit: 'x', note: `${ours.toFixed(1)} and ${opencv[name].toFixed(1)} ms` };
    }),
  ];
}

/** What the unit tests of this tag measure, by name. @param {string} tag @returns {[string, number][]} */
function shown(tag) {
  const said = told(path.join(ROOT, 'build/native/tests/limner_tests'), [`[${tag}]`], { LIMNER_SHOW: '1', LIMNER_SIDE: '512' });
  return [...said.matchAll(/^\s+(\w+) (\d+(?:\.\d+)?)$/gm)].map(([, name, value]) => [name, Number(value)]);
}

/** @returns {Row[]} */
const skin = () => shown('skin').map(([name, value]) =>
  ({ name: `${name}, median CIEDE2000 on skin, the worst of ten tones`, value, unit: '', aim: 3 }));

/** @returns {Row[]} */
function steadiness() {
  return shown('steady').map(([name, change]) => ({ name: `${name}, change under a shift of 1 px at 512²`, value: change, unit: '/255', aim: 9 }));
}
