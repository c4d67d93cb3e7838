// People somebody wants to keep: recipes in IndexedDB, on this device only. Storage may be forbidden or full.

import { asFault } from './fault.js';

const NAME = 'limner';
const STORE = 'favourites';
const WHY = 'This browser does not let Limner keep favourites (storage is forbidden or full). They stay until the page is closed; save them as a file to have them longer.';

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'recipe' });
  return done(request);
}

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<any>} act */
async function withStore(mode, act) {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, mode);
    const written = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await done(act(transaction.objectStore(STORE)));
    await written; // a full disk shows only here
    return result;
  } finally {
    database.close();
  }
}

/** Recipes in the order they were kept; none where storage is forbidden. @returns {Promise<string[]>} */
export async function keptFavourites() {
  try {
    /** @type {{recipe: string, at: number}[]} */
    const all = await withStore('readonly', (store) => store.getAll());
    return all.sort((a, b) => a.at - b.at).map((one) => one.recipe);
  } catch {
    return [];
  }
}

/** @param {string} recipe canonical text @param {boolean} kept */
export async function keepFavourite(recipe, kept) {
  try {
    await withStore('readwrite', (store) => (kept ? store.put({ recipe, at: Date.now() }) : store.delete(recipe)));
  } catch (thrown) {
    throw asFault(thrown, 'favourites.storage', WHY);
  }
}
