// One picture at a time, the most wanted first. A newer wish for the same place replaces the older one.

import { asFault, Fault } from './fault.js';

/** @typedef {import('./types').Job} Job @typedef {import('./types').Backend} Backend @typedef {import('./types').Painted} Painted */

const ORDER = ['portrait', 'program', 'compare', 'moment', 'alike', 'style', 'crowd'];

export class Painter {
  /**
   * @param {object} calls
   * @param {(job: Job, painted: Painted) => void} calls.onPainted
   * @param {(busy: boolean) => void} calls.onBusy something is being painted for the stage
   * @param {(fault: Fault, job: Job) => void} calls.onFault
   */
  constructor(calls) {
    this.calls = calls;
    /** @type {Backend | null} */
    this.backend = null;
    /** @type {(Job & {run?: (painted: Painted, backend: Backend) => Promise<void>, fail?: (fault: Fault) => void})[]} */
    this.queue = [];
    this.running = false;
    /** @type {Fault | null} why nothing will be painted any more */
    this.ended = null;
    /** Gives up on what is being painted. */
    this.leave = () => {};
    this.painted = 0;
    this.portraits = 0; // of these, for the stage
    this.portraitSize = 0; // of the last one, pixels
    /** @type {{generateMs: number, finishMs: number}} */
    this.last = { generateMs: 0, finishMs: 0 };
  }

  /** @param {Backend | null} backend */
  use(backend) {
    const gone = backend !== this.backend;
    this.backend = backend;
    if (gone) this.leave(); // what runs on a lost device may never end
    this.#next();
  }

  /** Nothing will paint any more: whoever waits is told. @param {Fault} why */
  end(why) {
    this.ended = why;
    this.use(null);
    for (const job of this.queue.splice(0)) job.fail?.(why);
  }

  /** @param {Job} job */
  ask(job) {
    if (this.ended) return;
    this.queue = this.queue.filter((other) => other.slot === 'program' || other.slot !== job.slot || other.index !== job.index);
    this.queue.push(job);
    this.#next();
  }

  /**
   * A picture for a program or for saving, with its pixels.
   * @param {string} recipe @returns {Promise<Painted & {rgba: Uint8Array, backend: string}>}
   */
  pixels(recipe) {
    return new Promise((resolve, reject) => {
      if (this.ended) {
        reject(this.ended);
        return;
      }
      this.queue.push({
        slot: 'program', index: 0, job: 0, size: 0, recipe,
        run: async (painted, backend) => resolve({ ...painted, rgba: await backend.pixels(painted), backend: backend.name }),
        fail: reject,
      });
      this.#next();
    });
  }

  async #next() {
    if (this.running || !this.backend || !this.queue.length) return;
    // Nobody looks at a hidden page: only programs are answered.
    const open = document.hidden ? this.queue.filter((job) => job.run) : this.queue;
    if (!open.length) return;
    this.running = true;
    const job = open.reduce((best, other) => (ORDER.indexOf(other.slot) < ORDER.indexOf(best.slot) ? other : best));
    this.queue.splice(this.queue.indexOf(job), 1);
    const backend = this.backend;
    if (job.slot === 'portrait') this.calls.onBusy(true);
    /** @type {Promise<never>} */
    const left = new Promise((_, reject) => {
      this.leave = () => reject(new Fault('backend.gone', 'The painting engine was replaced.'));
    });
    left.catch(() => undefined);
    try {
      const painted = await Promise.race([backend.paint(job.recipe, job.slot === 'portrait'), left]);
      this.painted += 1;
      if (job.run) await Promise.race([job.run(painted, backend), left]);
      else {
        if (job.slot === 'portrait') this.last = { generateMs: painted.generateMs || this.last.generateMs, finishMs: painted.finishMs };
        this.calls.onPainted(job, painted);
        if (job.slot === 'portrait') {
          this.portraits += 1;
          this.portraitSize = painted.width;
        }
      }
    } catch (thrown) {
      const fault = asFault(thrown, 'backend.paint', 'This portrait could not be painted.');
      const again = job.run || !this.queue.some((other) => other.slot === job.slot && other.index === job.index);
      if (this.ended) job.fail?.(this.ended);
      else if (backend !== this.backend) { // it went away below the job: once more on the next, unless something newer waits
        if (again) this.queue.push(job);
      } else if (job.fail) job.fail(fault);
      else this.calls.onFault(fault, job);
    }
    this.running = false;
    if (job.slot === 'portrait' && !this.queue.some((other) => other.slot === 'portrait')) this.calls.onBusy(false);
    this.#next();
  }

  /** Something is being painted or waits for it. */
  get busy() {
    return this.running || this.queue.length > 0;
  }

  wake() {
    this.#next();
  }
}
