// Instances of the core from its module, which is compiled once: for the page and for its workers.

/**
 * @param {(options: object) => Promise<any>} create what app/app.mjs and app/core.mjs export
 * @param {WebAssembly.Module} app its module
 * @param {object} [options] more of Emscripten's
 * @returns {Promise<any>}
 */
export function openCore(create, app, options = {}) {
  return create({
    ...options,
    instantiateWasm: (/** @type {WebAssembly.Imports} */ imports, /** @type {Function} */ done) => {
      WebAssembly.instantiate(app, imports).then((instance) => done(instance, app));
      return {};
    },
  });
}
