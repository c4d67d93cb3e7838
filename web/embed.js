// embed.html: Limner in a frame on somebody's site. Parameters and messages: docs/EMBED.md.

import { Port, LIMITS, MESSAGES } from './embed-port.js';
import { ReadyPlayerMePort } from './embed-rpm.js';
import { View } from './embed-view.js';
import { LANGUAGES, languageOf, sayingsIn } from './embed-words.js';
import { openEngine, VERSION } from './engine.js';
import { asFault, Fault } from './fault.js';

const MODES = ['compact', 'picker', 'headless'];
const THEMES = ['auto', 'light', 'dark'];

const asked = new URLSearchParams(location.search);
const compat = asked.get('compat') === 'readyplayerme';
const mode = /** @type {'compact' | 'picker' | 'headless'} */ (MODES.find((name) => name === asked.get('mode')) ?? (compat ? 'picker' : 'compact'));
const lang = languageOf(asked.get('lang') ?? asked.get('language') ?? navigator.language);
const sayings = sayingsIn(lang);

document.documentElement.lang = lang;
document.documentElement.dataset.mode = mode;
document.documentElement.dataset.theme = THEMES.find((name) => name === asked.get('theme')) ?? 'auto';
document.title = sayings.title;

/** "?origin=" as browsers write origins; a wrong one listens to nobody. @returns {string | null} null where it is not given */
function givenOrigin() {
  const given = asked.get('origin');
  if (given === null || given === 'null') return null; // pages without an origin have to speak first
  try {
    return new URL(given).origin;
  } catch {
    return 'https://origin.invalid';
  }
}

const framed = window.parent !== window;
/** What is shown, or would be. @type {any} */
let recipe = null;
const engine = openEngine({
  backend: asked.get('backend'),
  onProgress: (done, total) => port?.send({ type: 'progress', id: null, stage: 'loading', done, total }),
}).then((portraits) => {
  const seed = asked.get('seed');
  recipe = portraits.random(seed === null ? undefined : seed.slice(0, 32));
  return portraits;
});
engine.catch(() => undefined); // told below, and to whoever asks

/** @type {Port | null} */
let port = null;

const view = mode === 'headless' ? null : new View({ mode, sayings, lang }, {
  changed: (chosen) => {
    recipe = chosen;
    tellChange('person');
  },
  use: handOver,
});

/** @param {'person' | 'host'} by */
async function tellChange(by) {
  const portraits = await engine;
  port?.send({ type: 'change', recipe, alt: portraits.describe(recipe, lang), by });
}

/** The picture as bytes that move to the page around. @param {any} of @param {any} wish @param {import('./embed-port.js').Call} call */
async function picture(of, wish, call) {
  const portraits = await engine;
  call.progress({ stage: 'waiting', ahead: portraits.queue.length + Number(portraits.running) });
  const made = await portraits.generate(of, { ...wish, lang: wish.lang ?? lang, signal: call.signal, onStart: () => call.progress({ stage: 'painting' }) });
  const bytes = await made.blob.arrayBuffer();
  const { width, height, alt, timing, backend } = made;
  return { recipe: made.recipe, mime: made.blob.type, bytes, width, height, alt, timing, backend, transfer: [bytes] };
}

const wishOf = (/** @type {any} */ { kind, size, withRecipe, lang: tongue }) => ({ kind, size, withRecipe, lang: tongue });

/** @type {Record<string, import('./embed-port.js').Handler>} */
const handlers = {
  set: async (message) => {
    recipe = JSON.parse((await engine).check(message.recipe));
    view?.show(recipe);
    tellChange('host');
    return { recipe };
  },
  get: async () => {
    await engine;
    return { recipe };
  },
  random: async ({ seed }) => ({ recipe: (await engine).random(seed) }),
  generate: (message, call) => picture(message.recipe, wishOf(message), call),
  export: async (message, call) => {
    await engine;
    return picture(recipe, wishOf(message), call);
  },
  words: async (message) => ({ ...(await engine).words(message.text, { base: message.base ?? recipe, lang: message.lang ?? '' }) }),
  describe: async (message) => ({ text: (await engine).describe(message.recipe ?? recipe, message.lang ?? lang) }),
};

/** Everything a host needs to know before it asks for anything. */
async function greet() {
  try {
    const portraits = await engine;
    port?.send({
      type: 'ready', id: null, version: VERSION, mode, lang, schema: portraits.schema, recipe,
      capabilities: {
        messages: Object.keys(MESSAGES), styles: portraits.styles, modes: MODES, themes: THEMES, languages: [...LANGUAGES],
        kinds: ['png', 'jpeg'], backend: portraits.backend?.name ?? 'none', limits: LIMITS,
      },
      ...(portraits.backend ? {} : { trouble: { code: portraits.trouble?.code, sentence: portraits.trouble?.sentence } }),
    });
  } catch (thrown) {
    port?.fail(null, asFault(thrown, 'load.start', 'Limner could not start in this browser.'));
  }
}

/** The button of the picker: the portrait goes to the page around. */
async function handOver() {
  const nobody = { signal: new AbortController().signal, progress: () => undefined };
  const { transfer, ...made } = await picture(recipe, { size: 1024 }, nobody);
  if (compat) {
    const id = (await engine).fragment(recipe);
    rpm?.exported(await dataUrl(new Blob([made.bytes], { type: made.mime })), id);
  } else port?.send({ type: 'result', id: null, of: 'use', ...made }, transfer);
}

/** @param {Blob} blob @returns {Promise<string>} */
const dataUrl = (blob) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(/** @type {string} */ (reader.result));
  reader.onerror = () => reject(new Fault('save.read', 'The picture could not be handed over.'));
  reader.readAsDataURL(blob);
});

/** @type {ReadyPlayerMePort | null} */
let rpm = null;
if (framed && compat) rpm = new ReadyPlayerMePort({ host: window.parent, here: window, origin: givenOrigin() });
else if (framed) {
  // The first message may come while the parts are loading: it waits for them like everything else.
  port = new Port({ host: window.parent, here: window, origin: givenOrigin(), handlers, onHost: () => greet() });
}

async function main() {
  const portraits = await engine;
  view?.open(portraits);
  if (!portraits.backend && view) view.say(portraits.trouble?.sentence ?? '', true);
  else view?.show(recipe);
  rpm?.ready();
  if (!framed && view) view.say(sayings.alone, true);
}

if (mode !== 'headless') {
  let height = 0;
  new ResizeObserver(() => {
    const now = Math.ceil(document.body.getBoundingClientRect().height);
    if (now === height) return;
    height = now;
    port?.send({ type: 'resize', width: document.documentElement.clientWidth, height });
  }).observe(document.body);
}

// The page around went somewhere else, perhaps in the middle of an export: let go of everything at once.
window.addEventListener('pagehide', () => {
  port?.close();
  engine.then((portraits) => portraits.close(), () => undefined);
});
window.addEventListener('pageshow', (event) => event.persisted && location.reload());

main().catch((thrown) => {
  console.error(thrown);
  view?.say(asFault(thrown, 'load.start', 'Limner could not start in this browser. It needs WebAssembly and a browser from the last two years.').sentence, true);
});
