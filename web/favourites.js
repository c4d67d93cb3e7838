// People somebody wants to keep, and the crowd of the last visit: in IndexedDB, on this device only. Storage may be forbidden or full.

import { asFault } from './fault.js';

const NAME = 'limner';
const FAVOURITES = 'favourites';
const CROWD = 'crowd';
const NO_CROWD = 'This browser does not let Limner keep where your crowd came from (storage is forbidden or full). It is all here until the page is closed.';
const WHY = 'This browser does not let Limner keep favourites (storage is forbidden or full). They stay until the page is closed; save them as a file to have them longer.';

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open(NAME, 2);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) request.result.createObjectStore(FAVOURITES, { keyPath: 'recipe' });
    request.result.createObjectStore(CROWD);
  };
  return done(request);
}

/** @param {string} name @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<any>} act */
async function withStore(name, mode, act) {
  const database = await open();
  try {
    const transaction = database.transaction(name, mode);
    const written = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await done(act(transaction.objectStore(name)));
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
    const all = await withStore(FAVOURITES, 'readonly', (store) => store.getAll());
    return all.sort((a, b) => a.at - b.at).map((one) => one.recipe);
  } catch {
    return [];
  }
}

/** @param {string} recipe canonical text @param {boolean} kept */
export async function keepFavourite(recipe, kept) {
  try {
    await withStore(FAVOURITES, 'readwrite', (store) => (kept ? store.put({ recipe, at: Date.now() }) : store.delete(recipe)));
  } catch (thrown) {
    throw asFault(thrown, 'favourites.storage', WHY);
  }
}

/** The crowd's history as it was kept, if any. @returns {Promise<string | undefined>} */
export async function keptCrowd() {
  try {
    return await withStore(CROWD, 'readonly', (store) => store.get(0));
  } catch {
    return undefined;
  }
}

/** @param {string} history */
export async function keepCrowd(history) {
  try {
    await withStore(CROWD, 'readwrite', (store) => store.put(history, 0));
  } catch (thrown) {
    throw asFault(thrown, 'crowd.storage', NO_CROWD);
  }
}
