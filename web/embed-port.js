// The door of embed.html: messages {ns: 'limner', v: 1, id, type, …} from the page around it, and answers. docs/EMBED.md.
//
// Only the window around the frame is listened to, and only while it is of one origin: that of ?origin=, or that of the
// first message. Everything is looked at before anything is done with it, and a flood costs next to nothing.

import { asFault, Fault } from './fault.js';

export const NAMESPACE = 'limner';
export const PROTOCOL = 1;
export const LIMITS = Object.freeze({ burst: 120, perSecond: 40, waiting: 256, idLength: 64, textBytes: 400000 });

/** @typedef {{id: string | number, type: string, [field: string]: any}} Message */
/** @typedef {(message: Message, call: Call) => Promise<{[field: string]: any, transfer?: Transferable[]} | void>} Handler */
/** @typedef {{signal: AbortSignal, progress: (fields: object) => void}} Call */

const oneOf = (/** @type {string[]} */ ...names) => (/** @type {unknown} */ value) =>
  typeof value === 'string' && names.includes(value) ? '' : `one of ${names.join(', ')}`;
const whole = (/** @type {unknown} */ value) => (Number.isInteger(value) ? '' : 'a whole number');
const text = (/** @type {number} */ most) => (/** @type {unknown} */ value) =>
  typeof value === 'string' && value.length <= most ? '' : `text of at most ${most} characters`;
const yesNo = (/** @type {unknown} */ value) => (typeof value === 'boolean' ? '' : 'true or false');
const recipe = (/** @type {unknown} */ value) => // the core's own check comes later and says more
  (typeof value === 'object' && value !== null && !Array.isArray(value)) || (typeof value === 'string' && value.length <= 65536) ? '' : 'a recipe';
const isId = (/** @type {unknown} */ value) =>
  (typeof value === 'string' && value.length > 0 && value.length <= LIMITS.idLength) || Number.isSafeInteger(value) ? '' : `text of 1 to ${LIMITS.idLength} characters, or a whole number`;
const lang = text(35);

const PICTURE = { 'kind?': oneOf('png', 'jpeg'), 'size?': whole, 'withRecipe?': yesNo, 'lang?': lang };

/** What may be said: fields with their checks; a name that ends in ? may be left out. @type {Record<string, Record<string, (value: unknown) => string>>} */
export const MESSAGES = {
  hello: {},
  set: { recipe, 'lang?': lang },
  get: {},
  random: { 'seed?': text(128) },
  generate: { recipe, ...PICTURE },
  export: { ...PICTURE },
  words: { text: text(LIMITS.textBytes), 'base?': recipe, 'lang?': lang },
  describe: { 'recipe?': recipe, 'lang?': lang },
  cancel: { target: isId },
};

/** @param {any} data @returns {Message} or throws a Fault that says what is wrong */
export function checkMessage(data) {
  if (data.v !== PROTOCOL) throw new Fault('message.version', `This Limner speaks version ${PROTOCOL} of its messages ("v": ${PROTOCOL}).`);
  if (typeof data.type !== 'string' || !Object.hasOwn(MESSAGES, data.type)) {
    throw new Fault('message.type', `"type" must be one of ${Object.keys(MESSAGES).join(', ')}.`);
  }
  const wrong = data.type === 'hello' && data.id === undefined ? '' : isId(data.id);
  if (wrong) throw new Fault('message.id', `"id" must be ${wrong}.`);
  const fields = MESSAGES[data.type];
  for (const name of Object.keys(data)) {
    if (!['ns', 'v', 'id', 'type'].includes(name) && !Object.hasOwn(fields, name) && !Object.hasOwn(fields, `${name}?`)) {
      throw new Fault('message.field', `A "${data.type}" message has no field "${name.slice(0, 40)}".`);
    }
  }
  for (const [named, check] of Object.entries(fields)) {
    const name = named.replace('?', '');
    if (data[name] === undefined && named !== name) continue;
    const expected = check(data[name]);
    if (expected) throw new Fault('message.field', `"${name}" must be ${expected}.`);
  }
  return data;
}

export class Port {
  /**
   * @param {object} parts
   * @param {Window} parts.host the window around the frame
   * @param {EventTarget} parts.here where messages arrive
   * @param {string | null} parts.origin the only one to be listened to; null: that of the first message
   * @param {Record<string, Handler>} parts.handlers by type
   * @param {() => void} parts.onHost somebody is there: say "ready" when it is so
   * @param {() => number} [parts.now]
   */
  constructor({ host, here, origin, handlers, onHost, now = () => performance.now() }) {
    this.host = host;
    this.handlers = handlers;
    this.onHost = onHost;
    this.now = now;
    this.origin = origin;
    /** @type {Map<string | number, AbortController>} */
    this.open = new Map();
    this.allowance = /** @type {number} */ (LIMITS.burst);
    this.refilledAt = now();
    this.flooded = false;
    this.dropped = 0;
    /** The last "resize" that nobody was there to hear. @type {{type: string, [field: string]: any} | null} */
    this.unheard = null;
    here.addEventListener('message', (event) => this.#receive(/** @type {MessageEvent} */ (event)));
    // Nobody is known yet: a bare sign of life that says nothing. With an origin given, "ready" follows by itself.
    if (origin === null) host.postMessage({ ns: NAMESPACE, v: PROTOCOL, type: 'listening' }, '*');
    else onHost();
  }

  /** Whether one more message is within what is allowed; the first one that is not gets told. */
  #allowed() {
    const at = this.now();
    this.allowance = Math.min(LIMITS.burst, this.allowance + ((at - this.refilledAt) / 1000) * LIMITS.perSecond);
    this.refilledAt = at;
    if (this.allowance >= 1) {
      this.allowance -= 1;
      if (this.allowance > LIMITS.burst / 4) this.flooded = false;
      return true;
    }
    this.dropped += 1;
    if (!this.flooded) this.fail(null, new Fault('message.flood', `More than ${LIMITS.perSecond} messages a second: some are dropped unread.`));
    this.flooded = true;
    return false;
  }

  /** @param {MessageEvent} event */
  #receive(event) {
    if (event.source !== this.host) return;
    if (this.origin !== null && event.origin !== this.origin) return;
    const { data } = event;
    if (typeof data !== 'object' || data === null || data.ns !== NAMESPACE) return;
    if (!this.#allowed()) return;
    const first = this.origin === null;
    this.origin ??= event.origin;
    if (first && this.unheard) this.send(this.unheard); // the frame may keep its size for good
    /** @type {string | number | null} */
    const id = isId(data.id) ? null : data.id;
    /** @type {Message} */
    let message;
    try {
      message = checkMessage(data);
      if (message.type !== 'cancel' && id !== null && this.open.has(id)) throw new Fault('message.id', 'A message with this id is still being answered.');
      if (this.open.size >= LIMITS.waiting) throw new Fault('message.waiting', `${LIMITS.waiting} messages are waiting already. Wait for answers first.`);
    } catch (thrown) {
      this.fail(id, asFault(thrown, 'message.form', 'This message could not be read.'));
      if (first) this.onHost();
      return;
    }
    if (first || message.type === 'hello') this.onHost();
    if (message.type === 'hello') return;
    if (message.type === 'cancel') {
      const found = this.open.get(message.target);
      found?.abort();
      this.send({ type: 'result', id: message.id, of: 'cancel', found: found !== undefined });
      return;
    }
    this.#answer(message);
  }

  /** @param {Message} message */
  async #answer(message) {
    const { id, type } = message;
    const controller = new AbortController();
    this.open.set(id, controller);
    try {
      const progress = (/** @type {object} */ fields) => this.send({ type: 'progress', id, of: type, ...fields });
      const { transfer = [], ...fields } = (await this.handlers[type](message, { signal: controller.signal, progress })) ?? {};
      if (controller.signal.aborted) throw new Fault('cancelled', 'This was called off.');
      this.send({ type: 'result', id, of: type, ...fields }, transfer);
    } catch (thrown) {
      if (!(thrown instanceof Fault)) console.error(thrown);
      this.fail(id, asFault(thrown, 'internal', 'Limner stumbled over this. Please report it.'), type);
    } finally {
      this.open.delete(id);
    }
  }

  /** @param {{type: string, [field: string]: any}} message @param {Transferable[]} [transfer] */
  send(message, transfer = []) {
    if (this.origin === null) { // nobody is there
      if (message.type === 'resize') this.unheard = message;
      return;
    }
    // A page without an origin of its own (a file, a sandbox) can only be addressed as "whoever is around this frame".
    this.host.postMessage({ ns: NAMESPACE, v: PROTOCOL, ...message }, this.origin === 'null' ? '*' : this.origin, transfer);
  }

  /** @param {string | number | null} id @param {Fault} fault @param {string} [of] */
  fail(id, fault, of) {
    this.send({ type: 'error', id, ...(of ? { of } : {}), code: fault.code, sentence: fault.sentence });
  }

  close() {
    for (const controller of this.open.values()) controller.abort();
    this.open.clear();
  }
}
