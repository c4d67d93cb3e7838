/**
 * Runs a pack's ONNX files on ONNX Runtime's CPU provider, one thread: `node ort.mjs MODEL INPUTS.json [RUNS]`.
 * INPUTS.json: {"name": {"dims": [..], "data": [..]}}. Prints JSON {"ms": median, "outputs": {name: base64 of float32}}
 * (outputs only when RUNS is 1).
 */
import fs from 'node:fs';
import ort from 'onnxruntime-node';

const [model, inputs, runs = '1'] = process.argv.slice(2);
const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
/** @type {Record<string, import('onnxruntime-node').Tensor>} */
const feeds = {};
for (const [name, value] of Object.entries(JSON.parse(fs.readFileSync(inputs, 'utf8')))) {
  feeds[name] = new ort.Tensor('float32', Float32Array.from(value.data), value.dims);
}
const times = [];
let result = await session.run(feeds);
for (let i = 1; i < Number(runs); i++) {
  const start = performance.now();
  result = await session.run(feeds);
  times.push(performance.now() - start);
}
/** @type {Record<string, string>} */
const outputs = {};
if (runs === '1') {
  for (const name of session.outputNames) {
    const data = /** @type {Float32Array} */ (result[name].data);
    outputs[name] = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  }
}
times.sort((a, b) => a - b);
process.stdout.write(JSON.stringify({ ms: times[times.length >> 1] ?? null, outputs }));
