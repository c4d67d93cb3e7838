// Instances of the core from its module, which is compiled once: for the page and for its workers.

/**
 * Rejects where there is no memory for one more: Emscripten's own promise would wait for ever.
 * @param {(options: object) => Promise<any>} create what app/app.mjs and app/core.mjs export
 * @param {WebAssembly.Module} app its module
 * @param {object} [options] more of Emscripten's
 * @returns {Promise<any>}
 */
export function openCore(create, app, options = {}) {
  return new Promise((resolve, reject) => {
    create({
      ...options,
      instantiateWasm: (/** @type {WebAssembly.Imports} */ imports, /** @type {Function} */ done) => {
        WebAssembly.instantiate(app, imports).then((instance) => done(instance, app), reject);
        return {};
      },
    }).then(resolve, reject);
  });
}
