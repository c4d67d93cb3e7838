// What a visitor downloads until the first portrait, as the server sends it (brotli).
import { readFile } from 'node:fs/promises';

export const what = 'bytes to the first portrait, compressed, of the page as built';

/** @typedef {{ path: string, bytes: number, brotli: number }} Served */

/**
 * Which of the served files a first portrait needs (icons are fetched by whoever installs the page;
 * the other languages come after it). ours: app, shaders and page. The pack counts with its smaller network,
 * the one a WebGPU browser with shader-f16 takes, and once more with the larger.
 * @param {Served[]} files
 */
export function weigh(files) {
  /** @param {(file: Served) => boolean} which */
  const sum = (which) => files.filter(which).reduce((total, file) => total + file.brotli, 0);
  const ort = sum((f) => f.path.startsWith('ort/')); // only where there is WebGPU
  const onnx = files.filter((f) => f.path.startsWith('models/') && f.path.endsWith('.onnx')).map((f) => f.brotli);
  const pack = sum((f) => f.path === 'models/portrait/pack.json');
  const never = /(^|\/)(licences\/|LICENSE|THIRD_PARTY\.md|CARD\.md)|\.md$|^shaders\/|^made\/icon-|^files\.json$|^embed\.html$|^app\/(core\.|languages)|^web\/(embed|element|engine|portraits)/;
  const ours = sum((f) => !/^(ort|models)\//.test(f.path) && !never.test(f.path));
  return { ort, ours, pack, onnx: onnx.sort((a, b) => a - b) };
}

/** @returns {Promise<{ name: string, value: number, unit: string, aim?: number, note?: string }[]>} */
export async function measure() {
  const list = new URL('../../build/site/files.json', import.meta.url);
  const { files } = JSON.parse(await readFile(list, 'utf8'));
  const { ort, ours, pack, onnx } = weigh(files);
  const mb = (/** @type {number} */ bytes) => bytes / 1e6;
  const rows = [
    { name: 'app, shaders and page', value: mb(ours), unit: 'MB', aim: 0.6 },
    { name: 'ONNX Runtime Web', value: mb(ort), unit: 'MB' },
  ];
  if (!onnx.length) throw new Error('there is no pack in models/portrait yet.');
  return [
    ...rows,
    { name: 'in all, WebGPU, fp16 network', value: mb(ours + ort + pack + onnx[0]), unit: 'MB', aim: 12 },
    { name: 'in all, WebAssembly, fp32 network', value: mb(ours + pack + (onnx.at(-1) ?? 0)), unit: 'MB', aim: 12 },
  ];
}
