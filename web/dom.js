// Elements in one line.

/** @template {keyof HTMLElementTagNameMap} K @param {K} tag @param {object} [set] @param {(Node | string)[]} children */
export function make(tag, set = {}, ...children) {
  const made = Object.assign(document.createElement(tag), set);
  made.append(...children);
  return made;
}

/** A button. @param {string} text @param {() => void} act @param {boolean} [main] the one of its group */
export function press(text, act, main = false) {
  const made = make('button', { type: 'button', textContent: text });
  if (main) made.className = 'main';
  made.addEventListener('click', act);
  return made;
}
