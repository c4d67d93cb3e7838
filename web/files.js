// Pictures out (file, clipboard) and in (file chooser, drop, paste). All of it stays on the device.

import { asFault, Fault, unwrap } from './fault.js';

const MOST_BYTES = 64e6;
export const UNREADABLE = 'This browser cannot read that file as a picture. PNG, JPEG and WebP work everywhere.';

/**
 * @typedef {object} SaveWish
 * @property {string} recipe canonical text
 * @property {number} size
 * @property {'png' | 'jpeg'} kind
 * @property {boolean} withRecipe
 * @property {string} [lang] of the alternative text
 */

/** The recipe's text at another size. @param {string} recipe @param {number} size */
export function sized(recipe, size) {
  const told = JSON.parse(recipe);
  return JSON.stringify({ ...told, frame: { ...told.frame, size } });
}

/** @param {string} recipe */
function fileName(recipe) {
  const seed = String(JSON.parse(recipe).seed ?? 'limner').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 40);
  return `limner-${seed || 'portrait'}`;
}

/**
 * The pixels as a labelled file.
 * @param {import('./types').Core} core
 * @param {{rgba: Uint8Array, width: number, height: number}} picture
 * @param {SaveWish} wish @param {{name: string, version: string}} pack @param {string} version
 * @returns {Promise<Blob>}
 */
export async function encode(core, picture, wish, pack, version) {
  const options = JSON.stringify({
    recipe: wish.recipe,
    withRecipe: wish.withRecipe,
    creatorTool: `Limner ${version}`,
    aiSystem: `Limner ${pack.name}`,
    aiVersion: pack.version,
    created: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    uniqueId: uuid(),
    altText: unwrap(core.describe(wish.recipe, wish.lang ?? 'en')),
  });
  if (wish.kind === 'png') {
    const bytes = unwrap(core.encodePng(picture.rgba, picture.width, picture.height, options));
    return new Blob([/** @type {BlobPart} */ (bytes)], { type: 'image/png' });
  }
  if (typeof OffscreenCanvas === 'undefined') throw new Fault('save.canvas', 'There is no browser here to make a JPEG. Ask for a PNG.');
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Fault('save.canvas', 'This browser could not make a JPEG. Save a PNG instead.');
  const flat = context.createImageData(picture.width, picture.height);
  for (let i = 0; i < flat.data.length; i += 4) { // JPEG has no transparency: over white
    const a = picture.rgba[i + 3] / 255;
    for (let c = 0; c < 3; ++c) flat.data[i + c] = picture.rgba[i + c] * a + 255 * (1 - a);
    flat.data[i + 3] = 255;
  }
  context.putImageData(flat, 0, 0);
  const plain = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.93 });
  const labelled = unwrap(core.label(new Uint8Array(await plain.arrayBuffer()), options));
  return new Blob([/** @type {BlobPart} */ (labelled)], { type: 'image/jpeg' });
}

export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const hex = Array.from(b, (n) => n.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** @param {Blob} blob @param {string} recipe @param {string} kind */
export function download(blob, recipe, kind) {
  saveAs(blob, `${fileName(recipe)}.${kind === 'jpeg' ? 'jpg' : 'png'}`);
}

/** @param {Blob} blob @param {string} name */
export function saveAs(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** @param {string} text */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return;
  } catch { /* forbidden in some frames: the old way */ }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Fault('clipboard.forbidden', 'The browser does not let this page use the clipboard.');
}

/** @param {Promise<Blob>} png */
export async function copyPicture(png) {
  if (!navigator.clipboard?.write || typeof ClipboardItem === 'undefined') {
    throw new Fault('clipboard.forbidden', 'This browser cannot copy pictures. Save it as a file instead.');
  }
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]).catch((thrown) => {
    throw asFault(thrown, 'clipboard.forbidden', 'The browser does not let this page use the clipboard.');
  });
}

/** The recipe inside a saved picture. @param {import('./types').Core} core @param {Blob} file @returns {Promise<string>} */
export async function recipeIn(core, file) {
  if (file.size > MOST_BYTES) throw new Fault('file.huge', 'This file is larger than anything Limner saves.');
  const bytes = new Uint8Array(await file.arrayBuffer());
  return unwrap(core.recipeOfPicture(bytes));
}

/**
 * Upright sRGB pixels of a file (its EXIF orientation and colour profile applied by the browser).
 * @param {ImageBitmap} bitmap @param {number} [most] pixels on the longer side
 * @returns {{rgba: Uint8Array, width: number, height: number}}
 */
export function pixelsIn(bitmap, most = Infinity) {
  const scale = Math.min(1, most / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Fault('photo.memory', 'There is not enough memory for a picture of this size.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return { rgba: new Uint8Array(context.getImageData(0, 0, width, height).data.buffer), width, height };
}

/**
 * Any picture as plain pixels, made small.
 * @param {Blob} file @param {number} most pixels on the longer side
 */
export async function pixelsOf(file, most) {
  if (file.size > MOST_BYTES) throw new Fault('file.huge', 'This file is too large to open here.');
  const bitmap = await createImageBitmap(file).catch((thrown) => { throw asFault(thrown, 'file.picture', UNREADABLE); });
  const pixels = pixelsIn(bitmap, most);
  bitmap.close();
  return pixels;
}

/**
 * Files that come by drop or paste.
 * @param {HTMLElement} veil shown while something is dragged over the page
 * @param {(file: File) => void} onFile @param {(link: string) => void} onLink
 */
export function listenForFiles(veil, onFile, onLink) {
  let depth = 0;
  const carries = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files');
  document.addEventListener('dragenter', (event) => {
    if (!carries(event)) return;
    depth += 1;
    veil.hidden = false;
  });
  document.addEventListener('dragleave', (event) => {
    if (carries(event) && --depth <= 0) veil.hidden = true;
  });
  document.addEventListener('dragover', (event) => carries(event) && event.preventDefault());
  document.addEventListener('drop', (event) => {
    depth = 0;
    veil.hidden = true;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    onFile(file);
  });
  document.addEventListener('paste', (event) => {
    const file = [...(event.clipboardData?.files ?? [])][0];
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (file) onFile(file);
    else if (/#.*\br=/.test(text)) onLink(text.slice(text.indexOf('#') + 1));
    else return;
    event.preventDefault();
  });
}
