// The page's side of a worker: questions with a number, answers by that number. What goes wrong over there comes as a Fault.

import { Fault } from './fault.js';

/** @typedef {{transfer?: ArrayBufferLike[], progress?: (done: number) => void}} How */

export class WorkerDoor {
  /**
   * @param {Worker} worker answers {id, value}, {id, error: {code, sentence}}, or on the way {id, done}
   * @param {string} code @param {string} sentence said to everybody who waits, should the browser end the worker
   */
  constructor(worker, code, sentence) {
    this.worker = worker;
    this.asked = 0;
    /** @type {Fault | null} */
    this.closed = null;
    /** @type {Map<number, {resolve: (value: any) => void, reject: (why: Fault) => void, progress?: (done: number) => void}>} */
    this.waiting = new Map();
    worker.onmessage = ({ data }) => {
      const waiting = this.waiting.get(data.id);
      if (data.done !== undefined) {
        waiting?.progress?.(data.done);
        return;
      }
      this.waiting.delete(data.id);
      if (data.error) waiting?.reject(new Fault(data.error.code, data.error.sentence));
      else waiting?.resolve(data.value);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.close(new Fault(code, sentence));
    };
  }

  /** @param {object} what @param {How} [how] @returns {Promise<any>} */
  ask(what, { transfer = [], progress } = {}) {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      if (this.closed) {
        reject(this.closed);
        return;
      }
      this.waiting.set(id, { resolve, reject, progress });
      this.worker.postMessage({ ...what, id }, /** @type {Transferable[]} */ (transfer));
    });
  }

  /** Stops at once; what was asked for, and what will be, is rejected. @param {Fault} [why] */
  close(why = new Fault('worker.closed', 'Stopped.')) {
    this.closed ??= why;
    this.worker.terminate();
    for (const waiting of this.waiting.values()) waiting.reject(why);
    this.waiting.clear();
  }
}
