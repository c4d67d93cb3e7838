// `import { createLimner } from 'limner'` in a browser. Limner's parts are fetched from where this file lies, so serve the
// package's folder as it is, or say with `base` where it is served.

import { openEngine, VERSION } from '../web/engine.js';
import { Fault } from '../web/fault.js';

/**
 * @param {object} [options]
 * @param {string} [options.base] where the package's folder is served, ends with "/"
 * @param {'wasm' | 'webgpu'} [options.backend]
 * @param {(done: number, total: number) => void} [options.onProgress] bytes
 */
export function createLimner({ base = new URL('..', import.meta.url).href, ...options } = {}) {
  return openEngine({ base, ...options });
}

export { Fault as LimnerError, VERSION as version };
