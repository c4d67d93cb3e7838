// Reads texts too long for a frame, with an instance of the core for itself.

import { asFault, unwrap } from './fault.js';
import { openCore } from './open-core.js';

self.onmessage = async ({ data }) => {
  const { id, app, languages, text, base, lang } = data;
  try {
    const { default: create } = await import(new URL('../app/app.mjs', import.meta.url).href);
    const core = await openCore(create, app);
    if (languages) unwrap(core.addLanguages(languages));
    self.postMessage({ id, value: unwrap(core.words(text, base, lang)) });
  } catch (thrown) {
    console.error(thrown);
    const { code, sentence } = asFault(thrown, 'words.stopped', 'This text could not be read here.');
    self.postMessage({ id, error: { code, sentence } });
  }
};
