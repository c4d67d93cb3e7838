// The canvas: size, frames only while something changes, pointer, fingers, keys, and text with input methods.

const MOVE = 0, DOWN = 1, UP = 2, LEAVE = 3;
const AFTER_INPUT_MS = 650; // tooltips and hovers settle within this
const TAP_SLOP = 8; // pixels a finger may tremble
const HOLD_MS = 220;
const MOST_LETTERS = 4000; // taken at once: more than any field holds, and no more than a frame has time for

export class Panel {
  /**
   * @param {import('./types').StudioCore} core
   * @param {HTMLElement} view
   * @param {HTMLTextAreaElement} typing
   */
  constructor(core, view, typing) {
    this.core = core;
    this.view = view;
    this.typing = typing;
    this.awakeUntil = 0;
    this.wanted = 2;
    this.scheduled = 0;
    this.lastFrame = performance.now();
    this.frames = { run: 0, drawn: 0, cpuMs: /** @type {number[]} */ ([]), buildMs: /** @type {number[]} */ ([]) };
    this.stopped = false;
    this.#listen();
    this.#listenToText();
    new ResizeObserver(() => this.resized()).observe(view);
    this.#watchRatio();
  }

  static size(/** @type {HTMLElement} */ view) {
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    return { width: Math.max(1, view.clientWidth), height: Math.max(1, view.clientHeight), ratio };
  }

  /** @param {HTMLElement} view */
  static fit(view) {
    const canvas = /** @type {HTMLCanvasElement} */ (view.querySelector('canvas'));
    const size = Panel.size(view);
    canvas.width = Math.round(size.width * size.ratio);
    canvas.height = Math.round(size.height * size.ratio);
    return size;
  }

  resized() {
    if (this.stopped) return;
    const { width, height, ratio } = Panel.fit(this.view);
    this.core.resized(width, height, ratio);
    this.#run(); // at once: a resized canvas is blank until it is drawn
    this.wake();
  }

  #watchRatio() {
    const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', () => {
      this.resized();
      this.#watchRatio();
    }, { once: true });
  }

  /** Draws for a while. @param {number} [ms] */
  wake(ms = AFTER_INPUT_MS) {
    this.awakeUntil = Math.max(this.awakeUntil, performance.now() + ms);
    this.#schedule();
  }

  /** Whether what came in last may still show. */
  get awake() {
    return performance.now() < this.awakeUntil;
  }

  #schedule() {
    if (this.scheduled || this.stopped || document.hidden) return;
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0;
      this.#run();
      if (this.wanted > 0 || this.awake) this.#schedule();
    });
  }

  #run() {
    if (this.stopped) return;
    const started = performance.now();
    const answer = this.core.frame((started - this.lastFrame) / 1000);
    const drew = answer >= 0;
    this.wanted = drew ? answer : -1 - answer;
    this.lastFrame = started;
    this.frames.run += 1;
    if (drew) {
      this.frames.drawn += 1;
      this.frames.cpuMs.push(performance.now() - started);
      this.frames.buildMs.push(this.core.builtMs());
      if (this.frames.cpuMs.length > 600) {
        this.frames.cpuMs.shift();
        this.frames.buildMs.shift();
      }
    }
    this.view.style.cursor = this.core.cursor();
    this.#followText();
  }

  stop() {
    this.stopped = true;
  }

  resume() {
    this.stopped = false;
    this.lastFrame = performance.now();
    this.wake();
  }

  #listen() {
    const { view, core } = this;
    /** @type {{id: number, x: number, y: number, startX: number, startY: number, mode: 'undecided' | 'direct' | 'scroll', hold: number, speed: number, at: number} | null} */
    let finger = null;
    const press = () => {
      if (!finger) return;
      finger.mode = 'direct';
      clearTimeout(finger.hold);
      core.pointer(DOWN, finger.startX, finger.startY, 0, true);
    };
    view.addEventListener('pointerdown', (event) => {
      view.focus({ preventScroll: true });
      const { offsetX: x, offsetY: y } = event;
      this.wake();
      if (event.pointerType !== 'touch') {
        view.setPointerCapture(event.pointerId);
        core.pointer(DOWN, x, y, event.button, false);
        this.#run(); // so that what is typed next goes into the field that was clicked
        return;
      }
      if (finger) return; // one finger at a time
      finger = { id: event.pointerId, x, y, startX: x, startY: y, mode: 'undecided', hold: 0, speed: 0, at: event.timeStamp };
      core.pointer(MOVE, x, y, 0, true);
      if (core.touchClaimed(x, y)) press();
      else finger.hold = window.setTimeout(() => finger?.mode === 'undecided' && (press(), this.wake()), HOLD_MS);
    });
    // The focus is ours to give: to a field's text area, as soon as it is clicked.
    view.addEventListener('mousedown', (event) => event.preventDefault());
    view.addEventListener('pointermove', (event) => {
      const { offsetX: x, offsetY: y } = event;
      this.wake();
      if (event.pointerType !== 'touch') return core.pointer(MOVE, x, y, 0, false);
      if (!finger || finger.id !== event.pointerId) return;
      if (finger.mode === 'undecided') {
        const dx = Math.abs(x - finger.startX), dy = Math.abs(y - finger.startY);
        if (Math.max(dx, dy) < TAP_SLOP) return;
        clearTimeout(finger.hold);
        if (dx > dy) press(); // along a slider
        else finger.mode = 'scroll';
      }
      if (finger.mode === 'direct') core.pointer(MOVE, x, y, 0, true);
      else {
        core.scroll(finger.startX, finger.startY, x - finger.x, y - finger.y);
        finger.speed = (y - finger.y) / Math.max(1, event.timeStamp - finger.at);
      }
      finger.x = x;
      finger.y = y;
      finger.at = event.timeStamp;
    });
    const lift = (/** @type {PointerEvent} */ event) => {
      this.wake();
      if (event.pointerType !== 'touch') return core.pointer(UP, event.offsetX, event.offsetY, event.button, false);
      if (!finger || finger.id !== event.pointerId) return;
      clearTimeout(finger.hold);
      if (finger.mode === 'undecided' && event.type === 'pointerup') press();
      if (finger.mode === 'direct') core.pointer(UP, event.offsetX, event.offsetY, 0, true);
      if (finger.mode === 'scroll' && event.timeStamp - finger.at < 60) this.#glide(finger.startX, finger.startY, finger.speed);
      finger = null;
      // A finger that is gone hovers over nothing; two frames later the tap has been seen.
      setTimeout(() => finger || (core.pointer(LEAVE, 0, 0, 0, true), this.wake()), 80);
      this.#run();
      this.#followText(); // within the gesture, or phones keep their keyboard shut
    };
    view.addEventListener('pointerup', lift);
    view.addEventListener('pointercancel', lift);
    view.addEventListener('pointerleave', (event) => {
      if (event.pointerType !== 'touch') core.pointer(LEAVE, 0, 0, 0, false);
      this.wake();
    });
    view.addEventListener('wheel', (event) => {
      event.preventDefault();
      const scale = event.deltaMode === 1 ? 1 / 3 : event.deltaMode === 2 ? 5 : 1 / 100;
      core.wheel(-event.deltaX * scale, -event.deltaY * scale);
      this.wake();
    }, { passive: false });
    view.addEventListener('contextmenu', (event) => event.preventDefault());
    window.addEventListener('blur', () => (core.focus(false), this.wake()));
    window.addEventListener('focus', () => (core.focus(true), this.wake()));
    document.addEventListener('visibilitychange', () => document.hidden || this.wake());
  }

  /** A flick goes on for a moment. @param {number} x @param {number} y @param {number} speed pixels a millisecond */
  #glide(x, y, speed) {
    let before = performance.now();
    const step = () => {
      const now = performance.now();
      const dt = now - before;
      before = now;
      speed *= Math.exp(-dt / 260);
      if (Math.abs(speed) < 0.03) return;
      this.core.scroll(x, y, 0, speed * dt);
      this.wake();
      requestAnimationFrame(step);
    };
    if (Math.abs(speed) > 0.15) requestAnimationFrame(step);
  }

  // The text area holds one invisible character, so that a phone's keyboard has something to delete.
  #listenToText() {
    const { typing, view, core } = this;
    const EMPTY = '\u200b';
    let composing = false;
    let keyed = ''; // what a hardware key already did
    const reset = () => {
      typing.value = EMPTY;
      typing.setSelectionRange(1, 1);
    };
    const tap = (/** @type {string} */ code) => {
      core.key(code, true, false, false, false, false);
      core.key(code, false, false, false, false, false);
    };
    const key = (/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing || composing || event.keyCode === 229) return;
      const down = event.type === 'keydown';
      const typed = event.target === typing;
      // Tab leaves the canvas for the form, as on any page; everything else is the panel's.
      if (event.code === 'Tab') return;
      if (down) keyed = event.code;
      const command = event.ctrlKey || event.metaKey;
      // Pasting comes as its own event; reloading is the browser's.
      if (command && (event.code === 'KeyV' || event.code === 'KeyR')) return;
      core.key(event.code, down, event.ctrlKey || event.metaKey, event.shiftKey, event.altKey, false);
      if (!typed && (event.code.startsWith('Arrow') || event.code === 'Space')) event.preventDefault();
      if (typed && (event.code === 'Backspace' || event.code === 'Enter' || event.code.startsWith('Arrow'))) event.preventDefault();
      if (command && (event.code === 'KeyZ' || event.code === 'KeyY')) event.preventDefault();
      this.wake();
    };
    for (const target of [view, typing]) {
      target.addEventListener('keydown', /** @type {EventListener} */ (key));
      target.addEventListener('keyup', /** @type {EventListener} */ (key));
    }
    const write = (/** @type {string} */ text) => {
      core.text(text.slice(0, MOST_LETTERS).replaceAll('\n', ' '));
      this.wake();
    };
    typing.addEventListener('compositionstart', () => {
      composing = true;
      typing.classList.add('composing'); // shows the text that is not yet the panel's
    });
    typing.addEventListener('compositionend', (event) => {
      composing = false;
      typing.classList.remove('composing');
      write(event.data);
      reset();
    });
    typing.addEventListener('beforeinput', (event) => {
      if (event.inputType === 'deleteContentBackward' && keyed !== 'Backspace') tap('Backspace');
      if (event.inputType === 'insertLineBreak' && keyed !== 'Enter') tap('Enter');
      this.wake();
    });
    typing.addEventListener('input', (event) => {
      if (composing || /** @type {InputEvent} */ (event).isComposing) return;
      const text = typing.value.replaceAll(EMPTY, '');
      if (text) write(text);
      keyed = '';
      reset();
      this.wake();
    });
    typing.addEventListener('paste', (event) => {
      const text = event.clipboardData?.getData('text/plain');
      if (!text) return;
      event.preventDefault();
      event.stopPropagation();
      write(text);
    });
    typing.addEventListener('blur', () => this.wake());
    reset();
  }

  #followText() {
    const wants = this.core.wantsText();
    const has = document.activeElement === this.typing;
    if (wants && !has && (document.activeElement === this.view || document.activeElement === document.body)) {
      this.typing.focus({ preventScroll: true });
    } else if (!wants && has) this.view.focus({ preventScroll: true });
  }
}
