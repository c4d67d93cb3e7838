// Words to a recipe: short texts at once, long ones off the page's thread. The core begins with English; the other languages come
// once somebody is on the stage.

import { asFault, unwrap } from './fault.js';
import { WorkerDoor } from './worker-door.js';

const AT_ONCE = 2000; // letters: less than a frame

/**
 * Teaches the core the other languages: what workers need to be taught them too, or null where only English is to be had.
 * @param {import('./types').Core} core @param {import('./download.js').Downloads} downloads
 * @returns {Promise<Uint8Array | null>}
 */
export async function fetchLanguages(core, downloads) {
  try {
    const languages = await downloads.get('app/languages.txt');
    unwrap(core.addLanguages(languages));
    return languages;
  } catch (thrown) {
    console.warn('Limner:', asFault(thrown, 'words.languages', 'The languages beside English could not be loaded.').sentence);
    return null;
  }
}

/**
 * @param {import('./types').Core} core @param {WebAssembly.Module} app the core's module
 * @param {Promise<Uint8Array | null>} languages fetchLanguages
 * @param {string} text @param {string} base a recipe @param {string} lang
 * @returns {Promise<string>} JSON, as the core gives it
 */
export async function readWords(core, app, languages, text, base, lang) {
  const taught = lang === 'en' ? null : await languages;
  if (text.length <= AT_ONCE) return unwrap(core.words(text, base, lang));
  const worker = new Worker(new URL('./words-worker.js', import.meta.url), { type: 'module', name: 'limner words' });
  const door = new WorkerDoor(worker, 'words.stopped', 'This text could not be read here.');
  try {
    return await door.ask({ app, languages: taught, text, base, lang });
  } finally {
    door.close();
  }
}
