// Where a growing file goes: a file the visitor chose, the browser's private disk, or blobs of a bounded size.

const BLOB_BYTES = 8 << 20;
const PREFIX = 'limner-archive-';

/**
 * @typedef {object} Sink
 * @property {(bytes: Uint8Array) => Promise<void>} write
 * @property {() => Promise<Blob | null>} finish the whole, unless it is already where it should be
 * @property {() => Promise<void>} abort leaves nothing behind
 */

/** @implements {Sink} */
export class FileSink {
  /** @param {FileSystemFileHandle} handle */
  static async open(handle) {
    return new FileSink(await handle.createWritable());
  }

  /** @param {FileSystemWritableFileStream} stream */
  constructor(stream) {
    this.stream = stream;
  }

  /** @param {Uint8Array} bytes */
  async write(bytes) {
    await this.stream.write(/** @type {BufferSource} */ (bytes));
  }

  async finish() {
    await this.stream.close();
    return null;
  }

  async abort() {
    await this.stream.abort(); // what was there before stays as it was
  }
}

/** Only in a worker. @implements {Sink} */
export class OpfsSink {
  static async open() {
    const root = await navigator.storage.getDirectory();
    // What an earlier visit left: its download has long been finished.
    for await (const name of /** @type {any} */ (root).keys()) {
      if (name.startsWith(PREFIX)) await root.removeEntry(name).catch(() => undefined); // still open in another tab
    }
    const name = PREFIX + crypto.getRandomValues(new Uint32Array(2)).join('-');
    const handle = await root.getFileHandle(name, { create: true });
    return new OpfsSink(root, name, handle, await /** @type {any} */ (handle).createSyncAccessHandle());
  }

  /** @param {FileSystemDirectoryHandle} root @param {string} name @param {FileSystemFileHandle} handle @param {any} access */
  constructor(root, name, handle, access) {
    this.root = root;
    this.name = name;
    this.handle = handle;
    this.access = access;
    this.at = 0;
  }

  /** @param {Uint8Array} bytes */
  async write(bytes) {
    for (let from = 0; from < bytes.length;) {
      const written = this.access.write(bytes.subarray(from), { at: this.at });
      if (!(written > 0)) throw new DOMException('The disk takes no more.', 'QuotaExceededError');
      from += written;
      this.at += written;
    }
  }

  async finish() {
    this.access.flush();
    this.access.close();
    return this.handle.getFile();
  }

  async abort() {
    this.access.close();
    await this.root.removeEntry(this.name);
  }
}

/** Browsers keep large blobs on disk; only the last piece is in memory. @implements {Sink} */
export class BlobSink {
  constructor() {
    /** @type {Blob[]} */
    this.done = [];
    /** @type {Uint8Array[]} */
    this.open = [];
    this.bytes = 0;
  }

  /** @param {Uint8Array} bytes */
  async write(bytes) {
    this.open.push(bytes);
    this.bytes += bytes.length;
    if (this.bytes >= BLOB_BYTES) this.#close();
  }

  #close() {
    this.done.push(new Blob(/** @type {BlobPart[]} */ (this.open)));
    this.open = [];
    this.bytes = 0;
  }

  async finish() {
    this.#close();
    return new Blob(this.done, { type: 'application/zip' });
  }

  async abort() {
    this.done = [];
    this.open = [];
  }
}
