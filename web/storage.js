// What the page remembers, on this device only. Storage may be forbidden or full: the page goes on without.

const PREFIX = 'limner.';

/** @param {string} key @returns {any} undefined where nothing is remembered */
export function remembered(key) {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {string} key @param {unknown} value @returns {boolean} whether it will be there next time */
export function remember(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
