// A photo in a style, on a thread of its own: the command's own stays free to hear that it is called off.

import { parentPort, workerData } from 'node:worker_threads';

import { Fault } from '../web/fault.js';
import { createLimner } from './node.js';

const { file, recipe, keepPlace } = workerData;
try {
  const { blob, width, height } = (await createLimner({ paint: false })).style(file, recipe, { keepPlace });
  parentPort?.postMessage({ bytes: new Uint8Array(await blob.arrayBuffer()), width, height });
} catch (thrown) {
  if (!(thrown instanceof Fault)) throw thrown;
  parentPort?.postMessage({ fault: { code: thrown.code, sentence: thrown.sentence } });
}
