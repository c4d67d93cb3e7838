// Words to a recipe: short texts at once, long ones off the page's thread.

import { unwrap } from './fault.js';
import { WorkerDoor } from './worker-door.js';

const AT_ONCE = 2000; // letters: less than a frame

/**
 * @param {import('./types').Core} core @param {WebAssembly.Module} app the core's module
 * @param {string} text @param {string} base a recipe @param {string} lang
 * @returns {Promise<string>} JSON, as the core gives it
 */
export async function readWords(core, app, text, base, lang) {
  if (text.length <= AT_ONCE) return unwrap(core.words(text, base, lang));
  const worker = new Worker(new URL('./words-worker.js', import.meta.url), { type: 'module', name: 'limner words' });
  const door = new WorkerDoor(worker, 'words.stopped', 'This text could not be read here.');
  try {
    return await door.ask({ app, text, base, lang });
  } finally {
    door.close();
  }
}
