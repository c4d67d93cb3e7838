// Starts the page: shows progress, fetches the parts, picks the best backend that passes its test, opens the panel.

import { makeApi } from './api.js';
import { GpuBackend } from './backend-gpu.js';
import { WorkerBackend } from './backend-worker.js';
import { Panel } from './canvas.js';
import { CrowdRoom } from './crowd.js';
import { openDevice } from './device.js';
import { Downloads } from './download.js';
import { asFault, Fault, unwrap } from './fault.js';
import { copyPicture, copyText, download, encode, listenForFiles, pixelsOf, recipeIn, saveAs, sized } from './files.js';
import { Form } from './form.js';
import { openCore } from './open-core.js';
import { readPack } from './pack.js';
import { stylePhoto } from './photo.js';
import { PhotoDesk } from './photo-desk.js';
import { Painter } from './painter.js';
import { RequestCount } from './privacy.js';
import { remember, remembered } from './storage.js';
import { fetchLanguages, readWords } from './words.js';

const VERSION = '0.1.0';
const PACK = 'models/portrait/';
/** Seeds, after 'first/', of people one of whom a visitor meets first: looked at, and found good company. */
const FIRST = [3, 6, 17, 22, 26, 32, 36, 43, 44, 47, 52, 54, 55, 61, 64, 67, 69, 71, 78, 87, 88, 96, 97, 102, 108, 111, 112, 114, 115, 124, 127, 128, 131, 142];
/** Faces of the panel; with a weight, of the HTML around it as well. @type {[string, string, string?][]} */
const FONTS = [['text', 'text.ttf', '400'], ['text', 'text-extended.ttf'], ['bold', 'bold.ttf', '600'], ['display', 'display.ttf'], ['icons', 'icons.ttf']];

/** What people here speak, as far as words and alternative texts go. */
const lang = navigator.language.slice(0, 2);

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const view = element('view');
const typing = /** @type {HTMLTextAreaElement} */ (element('typing'));
const requests = new RequestCount();
const marks = /** @type {Record<string, number>} */ ({});
const mark = (/** @type {string} */ name) => { marks[name] ??= performance.now(); };

// ?backend=webgpu also takes a software adapter; ?backend=wasm leaves the graphics card alone.
const asked = new URLSearchParams(location.search).get('backend');

// Held, because the welcome goes once somebody is on the stage, and a backend that takes over later still fetches its parts.
const welcome = { root: element('welcome'), progress: element('progress'), bar: element('bar'), step: element('step') };
const step = (/** @type {string} */ text, trouble = false) => {
  welcome.step.textContent = text;
  welcome.step.classList.toggle('trouble', trouble);
};

const downloads = new Downloads((done, total) => {
  const part = total ? done / total : 0;
  welcome.bar.style.transform = `scaleX(${Math.max(0.02, part)})`;
  welcome.progress.setAttribute('aria-valuenow', String(Math.round(100 * part)));
  step(part < 1 ? `Loading ${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB` : 'Painting the first portrait…');
});

// A worker takes a while to come up, most of all beside a page that is doing the same: it is there in case.
const worker = asked === 'webgpu' ? null : new WorkerBackend();

const appScript = import(new URL('../app/app.mjs', import.meta.url).href);
const appModule = downloads.get('app/app.wasm').then((bytes) => WebAssembly.compile(/** @type {BufferSource} */ (bytes)));

/** @param {GPUDevice | null} device @param {(verb: string, what: any) => void} host */
async function openStudio(device, host) {
  const [{ default: create }, app] = await Promise.all([appScript, appModule]);
  /** @type {import('./types').StudioCore} */
  const core = await openCore(create, app, { host, ...(device ? { preinitializedWebGPUDevice: device } : {}) });
  return { app, core };
}

async function main() {
  /** @type {Record<string, (what: any) => void>} */
  const verbs = {};
  const packText = downloads.get(PACK + 'pack.json').then((bytes) => new TextDecoder().decode(bytes)).catch(() => null);
  const fonts = Promise.all(FONTS.map(async ([face, name, weight]) => {
    const file = await downloads.get(`made/fonts/${name}`);
    if (weight) document.fonts.add(new FontFace('Inter', /** @type {BufferSource} */ (file), { weight }));
    return /** @type {[string, Uint8Array]} */ ([face, file]);
  }));
  const gpu = asked === 'wasm' ? null : await openDevice(asked === 'webgpu');
  if (gpu) worker?.close();
  const begun = gpu ? undefined : worker?.begin(appModule, 'app', packText, PACK, downloads).catch(() => undefined);
  const shaders = gpu ? downloads.get('made/shaders.json').then((bytes) => JSON.parse(new TextDecoder().decode(bytes))) : null;
  const { app, core } = await openStudio(gpu?.device ?? null, (verb, what) => verbs[verb]?.(what));
  mark('core');

  // The panel.
  core.prepare();
  for (const [face, file] of await fonts) core.setFont(face, file);
  const { width, height, ratio } = Panel.fit(view);
  let drawn = gpu !== null && core.start('webgpu', width, height, ratio);
  if (!drawn) {
    if (gpu) freshCanvas();
    drawn = core.start('webgl', width, height, ratio);
  }
  const panel = new Panel(core, view, typing);
  panel.resized(); // a first frame, so that all it takes is made ready; the next when the welcome goes, which covers it
  panel.stop();
  let covered = true;
  const uncover = () => {
    if (!covered) return;
    covered = false;
    panel.resume();
    panel.resized();
  };
  mark('panel');

  /** @type {import('./pack.js').Pack | null} */
  let pack = null;
  let firstPortrait = () => {};
  const portrait = new Promise((resolve) => { firstPortrait = () => resolve(undefined); });
  const painter = new Painter({
    onPainted(job, painted) {
      const { slot, index, width: w, height: h } = { ...job, ...painted };
      if (painted.texture) core.paintedTexture(slot, index, job.job, painted.texture, w, h);
      else if (painted.rgba) core.paintedPixels(slot, index, job.job, painted.rgba, w, h);
      if (slot === 'portrait') {
        tellStatus();
        uncover();
        mark('firstPortrait');
        firstPortrait();
        showInForm();
      }
      panel.wake(100);
    },
    onBusy(busy) {
      core.setStatus(JSON.stringify({ painting: busy }));
      panel.wake(100);
    },
    onFault(fault, job) {
      if (job.slot === 'crowd') crowd.failed(job.job);
      core.notify(fault.sentence, true);
      panel.wake();
    },
  });

  const tellStatus = () => {
    const counts = requests.counts();
    core.setStatus(JSON.stringify({
      backend: painter.backend?.name ?? '', pack: pack ? `${pack.name} ${pack.version}` : '',
      generateMs: painter.last.generateMs, finishMs: painter.last.finishMs,
      megabytes: downloads.done / 1e6, requestsAtLoad: counts.atLoad, requestsAfter: counts.after, requestsElsewhere: counts.elsewhere,
    }));
  };
  const say = (/** @type {string} */ sentence, alarm = false) => {
    core.notify(sentence, alarm);
    panel.wake();
  };
  /** Runs something a person asked for; what goes wrong is said. @param {() => Promise<void>} act */
  const attempt = (act) => act().catch((thrown) => {
    const fault = asFault(thrown, 'internal', 'That did not work.');
    if (!(thrown instanceof Fault)) console.error(thrown);
    say(fault.sentence, true);
  });

  /** @param {any} wish @returns {Promise<Blob>} */
  const savedPicture = async (wish) => {
    if (!pack) throw new Fault('pack.none', 'There is no portrait to save yet.');
    return encode(core, await painter.pixels(sized(wish.recipe, wish.size)), { ...wish, lang }, pack, VERSION);
  };
  const linkTo = (/** @type {string} */ recipe) => `${location.href.split('#')[0]}#${unwrap(core.fragmentOf(recipe))}`;
  const goOn = (/** @type {string} */ recipe, /** @type {string} */ what) => {
    const answer = JSON.parse(core.setRecipe(recipe, what, true));
    if (answer.error) throw new Fault(answer.error.code, answer.error.sentence);
    panel.wake();
  };
  const languages = portrait.then(() => fetchLanguages(core, downloads)).then((taught) => {
    if (taught) core.command('languages', ''); // what was typed meanwhile may be in one of them
    else if (lang !== 'en') say('Only English could be loaded, so descriptions are read and written in English. Reload the page to try again.');
    panel.wake();
    return taught;
  });
  const words = (/** @type {string} */ text, /** @type {string} */ base, /** @type {string} */ tongue) => readWords(core, app, languages, text, base, tongue);
  /** @type {{rgba: Uint8Array, width: number, height: number} | null} */
  let example = null;
  const borrowManner = async (/** @type {Blob} */ file) => {
    example = await pixelsOf(file, 640);
    await painter.backend?.setExample(example);
    core.setStatus(JSON.stringify({ example: true }));
    const recipe = JSON.parse(core.getRecipe());
    if (recipe.style?.name !== 'example') goOn(JSON.stringify({ ...recipe, style: { name: 'example' } }), 'Any picture');
    panel.wake();
  };
  // A picture saved by Limner is gone on from; any other lends its manner.
  const openFile = (/** @type {File} */ file) => attempt(async () => {
    try {
      goOn(await recipeIn(core, file), 'Opened picture');
      say('Here is the portrait from that picture. Go on from it.');
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.code !== 'file.recipe') throw thrown;
      await borrowManner(file);
      say('There is no recipe in this picture, so the portrait borrows its manner instead. The Style tab restyles photos themselves.');
    }
  });
  /** @type {PhotoDesk | null} */
  let desk = null;
  const openPhoto = (/** @type {File} */ file) => attempt(() => {
    desk ??= new PhotoDesk({
      app, styles: JSON.parse(core.styleList()), version: VERSION, checked: (text) => unwrap(core.checkRecipe(text)), save: saveAs, say,
      lend: (picture) => attempt(() => borrowManner(picture)), another: () => verbs['open-photo']({}),
    });
    return desk.open(file);
  });
  const openLink = (/** @type {string} */ fragment) => attempt(async () => goOn(unwrap(core.recipeOfFragment(fragment)), 'Opened link'));

  const form = new Form(element('form'), element('said'), JSON.parse(core.schemaText()), core, {
    changed: () => panel.wake(),
    save: () => verbs.save({ recipe: core.getRecipe(), size: 1024, kind: 'png', withRecipe: remembered('withRecipe') ?? true }),
    copyLink: () => verbs['copy-link']({ recipe: core.getRecipe() }),
    photo: () => verbs['open-photo']({}),
    say: async (text) => {
      if (lang !== 'en') await languages;
      core.command('say', text);
      panel.wake();
    },
  });
  const crowd = new CrowdRoom({
    core, app, painter, pack: () => pack, version: VERSION, form: element('form'), attempt, say,
    announce: (text) => form.announce(text), changed: () => panel.wake(),
  });
  let formTimer = 0;
  function showInForm() {
    if (!form.shown || !pack) return;
    clearTimeout(formTimer);
    formTimer = window.setTimeout(() => attempt(async () => {
      const recipe = core.getRecipe();
      const picture = await painter.pixels(recipe);
      const blob = await encode(core, picture, { recipe, size: 0, kind: 'jpeg', withRecipe: false }, /** @type {any} */ (pack), VERSION);
      form.showPicture(blob, unwrap(core.describe(recipe, 'en')));
    }), 200);
  }
  const openForm = () => {
    form.show();
    showInForm();
  };

  // What the studio asks the page for.
  let refresh = 0;
  let choosing = openFile; // what the file chooser was opened for
  let ownFragment = '';
  Object.assign(verbs, {
    paint: (/** @type {any} */ job) => painter.ask(job),
    changed: () => {
      cancelAnimationFrame(refresh);
      refresh = requestAnimationFrame(() => form.refresh());
      panel.wake();
    },
    settled: (/** @type {any} */ { recipe, what }) => {
      ownFragment = unwrap(core.fragmentOf(recipe));
      try {
        history.replaceState(null, '', `#${ownFragment}`);
      } catch { /* Safari allows a hundred in half a minute; the next one will do */ }
      form.announce(what);
    },
    announce: (/** @type {any} */ { sentence }) => form.announce(sentence),
    'copy-text': (/** @type {any} */ { text }) => attempt(() => copyText(text)),
    'copy-link': (/** @type {any} */ { recipe }) => attempt(async () => {
      await copyText(linkTo(recipe));
      say('The link is copied. The whole portrait is in the link itself.');
    }),
    'copy-picture': (/** @type {any} */ wish) => attempt(async () => {
      await copyPicture(savedPicture({ ...wish, kind: 'png' }));
      say('The picture is copied.');
    }),
    save: (/** @type {any} */ wish) => attempt(async () => {
      if (wish.size > 512 && painter.backend instanceof WorkerBackend) say(`Painting it at ${wish.size} pixels…`);
      download(await savedPicture(wish), wish.recipe, wish.kind);
      say(wish.withRecipe ? 'Saved. Drop the file back here any time to go on from it.' : 'Saved.');
    }),
    open: () => {
      choosing = openFile;
      element('file').click();
    },
    'open-example': () => {
      choosing = (file) => attempt(() => borrowManner(file));
      element('file').click();
    },
    caret: (/** @type {any} */ { x, y, height: line }) => {
      Object.assign(typing.style, { left: `${x}px`, top: `${y}px`, height: `${line}px` });
    },
    crowd: (/** @type {any} */ what) => crowd.told(what),
    count: tellStatus,
    form: openForm,
    'open-photo': () => {
      choosing = openPhoto;
      element('file').click();
    },
    remember: (/** @type {any} */ { key, value }) => remember(key, value),
  });
  element('file').addEventListener('change', (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (input.files?.[0]) choosing(input.files[0]);
    input.value = '';
  });
  element('to-form').addEventListener('click', (event) => {
    event.preventDefault();
    openForm();
  });
  listenForFiles(element('drop'), openFile, openLink);
  window.addEventListener('hashchange', () => {
    const fragment = location.hash.slice(1);
    if (fragment && fragment !== ownFragment) openLink(fragment);
  });
  document.addEventListener('visibilitychange', () => document.hidden || painter.wake());

  // The first recipe: the link's, or somebody chosen; whoever comes after is anybody.
  const [chosen, turn] = crypto.getRandomValues(new Uint32Array(2));
  core.command('turn', String(turn >>> 1));
  if (!remembered('welcomed')) core.command('hint', '');
  if (remembered('withRecipe') === false) core.command('without-recipe', '');
  let first = JSON.stringify({ limner: 1, seed: `first/${FIRST[chosen % FIRST.length]}` });
  /** @type {Fault | null} */
  let refused = null;
  if (location.hash.length > 1) {
    try {
      first = unwrap(core.recipeOfFragment(location.hash.slice(1)));
    } catch (thrown) {
      refused = asFault(thrown, 'recipe.link', 'This link is not one of Limner’s.');
    }
  }
  core.command('language', lang);
  core.begin(first);
  verbs.settled({ recipe: core.getRecipe(), what: '' }); // so that reloading the page shows the same person
  form.refresh();

  // The generator: the fastest backend that passes the pack's test portrait.
  /** @type {{renderer: string, open: () => Promise<import('./types').Backend>}[]} */
  const chain = [];
  const text = await packText;
  /** @type {Fault | null} */
  let trouble = null;
  if (text === null) {
    trouble = new Fault('pack.none', 'This copy of Limner came without a trained generator, so it cannot paint yet. Everything else is here to look at.');
  } else {
    try {
      pack = readPack(core, text, PACK);
    } catch (thrown) {
      trouble = asFault(thrown, 'pack.form', 'The generator’s pack is damaged.');
    }
  }
  if (pack) {
    const known = pack;
    const onGpu = (/** @type {'fp16' | 'fp32'} */ precision) => ({
      renderer: 'webgpu',
      open: async () => GpuBackend.open({ core, device: /** @type {any} */ (gpu).device, pack: known, precision, shaders: /** @type {any} */ (await shaders), downloads }),
    });
    if (gpu?.half && known.files.some((file) => file.precision === 'fp16')) chain.push(onGpu('fp16'));
    if (gpu) chain.push(onGpu('fp32'));
    chain.push({ renderer: 'any', open: async () => WorkerBackend.open({ app: appModule, pack: known, downloads, begun: await begun }) });
  } else (await begun)?.close();
  const fallBack = async (/** @type {string} */ why) => {
    painter.use(null);
    while (chain.length) {
      const next = /** @type {typeof chain[0]} */ (chain.shift());
      try {
        const backend = await next.open();
        mark('backend');
        if (why) say(`${why} Limner goes on with ${backend.name}.`);
        if (backend instanceof WorkerBackend) requests.add(backend.requests);
        if (example) await backend.setExample(example);
        core.setStatus(JSON.stringify({ painting: false })); // from here on the painter says
        painter.use(backend);
        tellStatus();
        return;
      } catch (thrown) {
        console.warn('Limner:', thrown);
        const fault = asFault(thrown, 'backend.open', 'The graphics device did not work.');
        why = chain.length ? fault.sentence : '';
        trouble = fault;
      }
    }
    trouble ??= new Fault('backend.none', 'This browser cannot run the generator.');
    painter.end(trouble);
    core.setStatus(JSON.stringify({ painting: false, trouble: trouble.sentence }));
    firstPortrait();
    uncover();
    panel.wake();
  };

  function freshCanvas() {
    const old = element('canvas');
    const canvas = document.createElement('canvas');
    canvas.id = 'canvas';
    old.replaceWith(canvas);
  }
  const redrawWith = (/** @type {string} */ renderer) => {
    panel.stop();
    freshCanvas();
    const size = Panel.fit(view);
    const opened = core.restart(renderer, size.width, size.height, size.ratio);
    watchContext();
    panel.resume();
    if (!opened) openForm();
  };
  // A lost WebGL context comes back on a fresh canvas.
  function watchContext() {
    element('canvas').addEventListener('webglcontextlost', (event) => {
      event.preventDefault();
      setTimeout(() => redrawWith('webgl'), 500);
    }, { once: true });
  }
  watchContext();
  gpu?.device.lost.then(({ reason, message }) => {
    console.warn('Limner: graphics device lost:', reason, message);
    const backend = painter.backend;
    while (chain.length && chain[0].renderer === 'webgpu') chain.shift();
    // What is left of a lost device may throw when it is put away; the portrait must go on all the same.
    const anyway = (/** @type {() => void} */ act) => {
      try {
        act();
      } catch (thrown) {
        console.warn('Limner:', thrown);
      }
    };
    if (!(backend instanceof WorkerBackend)) painter.use(null);
    anyway(() => redrawWith('webgl'));
    if (backend instanceof WorkerBackend) return undefined;
    anyway(() => backend?.close());
    say('The graphics device was lost. Another way of painting is being made ready…');
    core.setStatus(JSON.stringify({ painting: true }));
    return fallBack('The graphics device was lost.');
  });

  if (!drawn) {
    say('This browser can draw neither with WebGPU nor with WebGL, so here are the controls as a form.');
    openForm();
  }
  const parts = (async () => {
    await fallBack('');
    await portrait;
    welcome.root.classList.add('gone');
    setTimeout(() => welcome.root.remove(), 400);
    if (refused) say(refused.sentence, true);
    mark('interactive');
    // WebGPU's was tested before it painted anything, because there is something to fall back to.
    if (painter.backend instanceof WorkerBackend) {
      await painter.backend.selfTest().catch((thrown) => {
        trouble = asFault(thrown, 'backend.wasm', 'The painting engine did not work in this browser.');
        painter.end(trouble);
        core.setStatus(JSON.stringify({ trouble: trouble.sentence }));
        say(trouble.sentence, true);
      });
    }
    await languages;
    const kept = await keepOffline();
    core.setStatus(JSON.stringify({ offline: kept }));
    requests.ready();
    mark('ready');
    tellStatus();
  })();

  // The handle for programs.
  const limner = makeApi({
    words,
    style: (file, recipe, wish) => stylePhoto(app, file, recipe, { ...wish, version: VERSION }),
    core, painter, pack: () => pack, version: VERSION, ready: parts, changed: () => panel.wake(), crowd: crowd.api(), trouble: () => (painter.backend ? '' : trouble?.sentence ?? ''),
    timing: () => {
      const sorted = (/** @type {number[]} */ values) => [...values].sort((a, b) => a - b);
      const cpu = sorted(panel.frames.cpuMs);
      const build = sorted(panel.frames.buildMs);
      return {
        marks: { ...marks }, ...painter.last, painted: painter.painted, portraits: painter.portraits, portraitSize: painter.portraitSize, frames: panel.frames.run, framesDrawn: panel.frames.drawn,
        frameCpuMedian: cpu[cpu.length >> 1] ?? 0, frameCpu95: cpu[Math.floor(cpu.length * 0.95)] ?? 0,
        frameBuildMedian: build[build.length >> 1] ?? 0,
        heapBytes: core.heapBytes(), requests: requests.counts(), busy: painter.busy || panel.awake,
      };
    },
  });
  Object.defineProperty(globalThis, 'limner', { value: limner, enumerable: true });
  await parts;
}

/** Installs the service worker; whether the next visit needs no network. */
async function keepOffline() {
  if (!('serviceWorker' in navigator)) return false;
  try {
    // Browsers look for a newer one half a minute later, when nothing is to be asked for any more: with this, in their own cache,
    // if the server lets it be fresh for some minutes (tools/serve.mjs). So it is looked for now.
    const registration = await navigator.serviceWorker.register('service-worker.js', { updateViaCache: 'all' });
    if (registration.active) await registration.update().catch(() => undefined);
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    if (worker && worker.state !== 'activated') {
      // However long it takes: it fetches, and "ready" promises that nothing more is fetched.
      await new Promise((resolve) => {
        worker.addEventListener('statechange', () => ['activated', 'redundant'].includes(worker.state) && resolve(undefined));
      });
    }
    return worker?.state === 'activated' && (await downloads.kept());
  } catch {
    return false; // an iframe without storage, a private window: the page works, only not offline
  }
}

main().catch((thrown) => {
  console.error(thrown);
  const fault = asFault(thrown, 'load.start', 'Limner could not start in this browser. It needs WebAssembly and a browser from the last two years.');
  step(fault.sentence, true);
  welcome.progress.hidden = true;
});
