// Photos that visitors bring along: opened, restyled at full size, saved with the labels of the original. Nothing is sent.

import { asFault, Fault } from './fault.js';
import { pixelsIn, UNREADABLE, uuid } from './files.js';
import { WorkerDoor } from './worker-door.js';

const MOST_BYTES = 256e6;

/** @typedef {{rgba: Uint8Array, width: number, height: number}} Pixels */

/** The page's side of photo-worker.js. */
export class PhotoEngine extends WorkerDoor {
  /** @param {WebAssembly.Module} app */
  constructor(app) {
    const worker = new Worker(new URL('./photo-worker.js', import.meta.url), { type: 'module', name: 'limner photos' });
    super(worker, 'photo.stopped', 'This photo could not be painted; there may not be enough memory for it.');
    this.ready = this.ask({ do: 'open', app });
    this.ready.catch(() => undefined); // told by whoever asks next
  }

  /** @param {Fault} [why] */
  close(why = new Fault('photo.cancelled', 'Stopped.')) {
    super.close(why);
  }
}

/**
 * Opens a file: its own words are checked before anything decodes it.
 * @param {PhotoEngine} engine @param {Blob} file @returns {Promise<{bitmap: ImageBitmap, bytes: Uint8Array, credentials: boolean}>}
 */
export async function openPhoto(engine, file) {
  if (file.size > MOST_BYTES) throw new Fault('file.huge', 'This file is too large to open here.');
  const bytes = new Uint8Array(await file.arrayBuffer());
  await engine.ready;
  const facts = await engine.ask({ do: 'facts', bytes });
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image', premultiplyAlpha: 'none' })
    .catch((thrown) => { throw asFault(thrown, 'file.picture', UNREADABLE); });
  await engine.ask({ do: 'size', width: bitmap.width, height: bitmap.height });
  return { bitmap, bytes, credentials: facts.credentials ?? false };
}

/**
 * The finished photo as a labelled file.
 * @param {PhotoEngine} engine @param {Pixels} picture @param {Uint8Array} original the file that was opened
 * @param {{kind: 'png' | 'jpeg', keepPlace: boolean, version: string}} wish @returns {Promise<Blob>}
 */
async function encode(engine, picture, original, { kind, keepPlace, version }) {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Fault('photo.memory', 'There is not enough memory for a picture of this size.');
  context.putImageData(new ImageData(/** @type {any} */ (new Uint8ClampedArray(picture.rgba.buffer)), picture.width, picture.height), 0, 0);
  if (kind === 'jpeg') { // has no transparency: over white
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, picture.width, picture.height);
  }
  const type = `image/${kind}`;
  const plain = await canvas.convertToBlob({ type, quality: 0.93 });
  const options = JSON.stringify({ creatorTool: `Limner ${version}`, created: new Date().toISOString().replace(/\.\d+Z$/, 'Z'), uniqueId: uuid() });
  const bytes = new Uint8Array(await plain.arrayBuffer());
  const labelled = await engine.ask({ do: 'label', bytes, options, original, keepPlace }, { transfer: [bytes.buffer] });
  return new Blob([labelled], { type });
}

/**
 * A photo under a recipe's style and grade, at its full size.
 * @param {WebAssembly.Module} app @param {Blob} file @param {string} recipe canonical text
 * @param {{kind?: 'png' | 'jpeg', keepPlace?: boolean, version: string, progress?: (done: number) => void, signal?: AbortSignal}} wish
 * @returns {Promise<{blob: Blob, width: number, height: number}>}
 */
export async function stylePhoto(app, file, recipe, { kind = 'png', keepPlace = false, version, progress, signal }) {
  const engine = new PhotoEngine(app);
  const stop = () => engine.close();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const { bitmap, bytes } = await openPhoto(engine, file);
    const { rgba, width, height } = pixelsIn(bitmap);
    bitmap.close();
    const picture = await engine.ask({ do: 'finish', rgba, width, height, recipe }, { transfer: [rgba.buffer], progress });
    return { blob: await encode(engine, picture, bytes, { kind, keepPlace, version }), width, height };
  } finally {
    signal?.removeEventListener('abort', stop);
    engine.close();
  }
}
