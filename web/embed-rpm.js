// ?compat=readyplayerme: speaks the frame events of Ready Player Me's avatar creator, which closed in January 2026, so that a
// page made for it works by changing one address. It gets a picture where it got a 3-D model. docs/EMBED.md.
//
// Messages are JSON texts: {source: 'readyplayerme', eventName, data} out, {target: 'readyplayerme', type, eventName} in.

const SOURCE = 'readyplayerme';
const EVENTS = ['v1.frame.ready', 'v1.user.set', 'v1.avatar.exported', 'v2.avatar.exported'];
const LONGEST = 4096;

/** "v1.**" and "v1.avatar.*" as patterns. @param {string} pattern @param {string} name */
export function matches(pattern, name) {
  const wanted = pattern.split('.');
  const parts = name.split('.');
  for (let i = 0; i < wanted.length; ++i) {
    if (wanted[i] === '**') return true;
    if (i >= parts.length || (wanted[i] !== '*' && wanted[i] !== parts[i])) return false;
  }
  return wanted.length === parts.length;
}

export class ReadyPlayerMePort {
  /**
   * @param {object} parts
   * @param {Window} parts.host
   * @param {EventTarget} parts.here
   * @param {string | null} parts.origin null: that of the first message
   * @param {() => number} [parts.now]
   */
  constructor({ host, here, origin, now = () => performance.now() }) {
    this.host = host;
    this.origin = origin;
    this.now = now;
    /** @type {Set<string>} */
    this.wanted = new Set();
    this.user = `limner-${Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, '0')).join('')}`;
    this.second = 0;
    this.heard = 0;
    here.addEventListener('message', (event) => this.#receive(/** @type {MessageEvent} */ (event)));
  }

  /** The creator is on screen. It holds nothing, so it may be said before anybody is known. */
  ready() {
    this.#post({ eventName: 'v1.frame.ready' }, this.origin ?? '*');
  }

  /** @param {string} url of a picture, as data: so that any origin may show it @param {string} id of the recipe */
  exported(url, id) {
    const data = { url, avatarId: id, userId: this.user };
    for (const eventName of ['v1.avatar.exported', 'v2.avatar.exported']) {
      if (this.#wants(eventName)) this.#post({ eventName, data: eventName.startsWith('v2') ? { ...data, metadata: { bodyType: 'portrait' } } : data });
    }
  }

  /** @param {string} name */
  #wants(name) {
    return [...this.wanted].some((pattern) => matches(pattern, name));
  }

  /** @param {object} event @param {string | null} [origin] */
  #post(event, origin = this.origin) {
    if (origin === null) return;
    this.host.postMessage(JSON.stringify({ ...event, source: SOURCE }), origin === 'null' ? '*' : origin);
  }

  /** @param {MessageEvent} event */
  #receive(event) {
    if (event.source !== this.host || (this.origin !== null && event.origin !== this.origin)) return;
    if (typeof event.data !== 'string' || event.data.length > LONGEST) return;
    const second = Math.floor(this.now() / 1000);
    if (second !== this.second) this.heard = 0;
    this.second = second;
    if (++this.heard > 40) return;
    let told;
    try {
      told = JSON.parse(event.data);
    } catch {
      return;
    }
    if (told?.target !== SOURCE || typeof told.eventName !== 'string') return;
    this.origin ??= event.origin;
    const { eventName, correlationId } = told;
    if (told.type === 'subscribe' && EVENTS.some((name) => matches(eventName, name)) && this.wanted.size < 32) {
      const isNew = !this.#wants('v1.user.set');
      this.wanted.add(eventName);
      this.#post({ eventName: 'v1.subscription.created', correlationId, data: { eventName }, statusCode: 201 });
      if (isNew && this.#wants('v1.user.set')) this.#post({ eventName: 'v1.user.set', data: { id: this.user } });
    } else if (told.type === 'unsubscribe') {
      this.wanted.delete(eventName);
      this.#post({ eventName: 'v1.subscription.deleted', correlationId, data: { eventName }, statusCode: 200 });
    } else if (told.type === 'query' && eventName === 'v1.user.logout') {
      this.#post({ eventName, correlationId, type: 'queryResponse', statusCode: 200 });
    }
  }
}
