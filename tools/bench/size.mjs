// What a visitor downloads until the first portrait, as the server sends it (brotli).
import { readFile } from 'node:fs/promises';

export const what = 'bytes to the first portrait, compressed, of the page as built';

/** @typedef {{ path: string, bytes: number, brotli: number }} Served */

/**
 * Which of the served files a first visit needs. ours: app, shaders and page. The pack counts with its smaller network,
 * the one a WebGPU browser with shader-f16 takes, and once more with the larger.
 * @param {Served[]} files
 */
export function weigh(files) {
  /** @param {(file: Served) => boolean} which */
  const sum = (which) => files.filter(which).reduce((total, file) => total + file.brotli, 0);
  // Two builds of ONNX Runtime: with WebGPU, and the smaller one without. A visit takes one of them.
  const ortGpu = sum((f) => /^ort\/(ort\.webgpu\.|.*\.asyncify\.)/.test(f.path));
  const ortCpu = sum((f) => f.path.startsWith('ort/')) - ortGpu;
  const onnx = files.filter((f) => f.path.startsWith('models/') && f.path.endsWith('.onnx')).map((f) => f.brotli);
  const pack = sum((f) => f.path === 'models/portrait/pack.json');
  const never = /(^|\/)(licences\/|LICENSE|THIRD_PARTY\.md|CARD\.md)|\.md$|^shaders\/|^files\.json$|^embed\.html$|^app\/core\.|^web\/(embed|element|engine|portraits)/;
  const ours = sum((f) => !/^(ort|models)\//.test(f.path) && !never.test(f.path));
  return { ortGpu, ortCpu, ours, pack, onnx: onnx.sort((a, b) => a - b) };
}

/** @returns {Promise<{ name: string, value: number, unit: string, aim?: number, note?: string }[]>} */
export async function measure() {
  const list = new URL('../../build/site/files.json', import.meta.url);
  const { files } = JSON.parse(await readFile(list, 'utf8'));
  const { ortGpu, ortCpu, ours, pack, onnx } = weigh(files);
  const mb = (/** @type {number} */ bytes) => bytes / 1e6;
  const rows = [
    { name: 'app, shaders and page', value: mb(ours), unit: 'MB', aim: 0.6 },
    { name: 'ONNX Runtime Web with WebGPU', value: mb(ortGpu), unit: 'MB' },
    { name: 'ONNX Runtime Web without', value: mb(ortCpu), unit: 'MB' },
  ];
  if (!onnx.length) throw new Error('there is no pack in models/portrait yet.');
  return [
    ...rows,
    { name: 'in all, WebGPU, fp16 network', value: mb(ours + ortGpu + pack + onnx[0]), unit: 'MB', aim: 12 },
    { name: 'in all, WebAssembly, fp32 network', value: mb(ours + ortCpu + pack + (onnx.at(-1) ?? 0)), unit: 'MB', aim: 12 },
  ];
}
