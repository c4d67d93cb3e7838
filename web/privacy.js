// Counts every request of the page and its worker, so that "nothing left this device" is a measurement.

export class RequestCount {
  constructor() {
    this.atLoad = 0;
    this.after = 0;
    this.elsewhere = 0;
    this.bytes = 0;
    this.readyAt = Infinity;
    // Entries are told late, so the moment they started decides which side of "ready" they are on.
    this.observer = new PerformanceObserver((list) => this.#add(list.getEntries()));
    this.observer.observe({ type: 'resource', buffered: true });
    performance.setResourceTimingBufferSize?.(2000);
  }

  /** @param {PerformanceEntryList} entries */
  #add(entries) {
    for (const entry of /** @type {PerformanceResourceTiming[]} */ (entries)) {
      const url = new URL(entry.name, location.href);
      if (url.protocol === 'blob:' || url.protocol === 'data:') continue;
      if (url.origin !== location.origin) this.elsewhere += 1;
      if (entry.startTime > this.readyAt) this.after += 1;
      else this.atLoad += 1;
      this.bytes += entry.transferSize;
    }
  }

  /** Requests of a worker, which the page's own list lacks. @param {number} count */
  add(count) {
    this.atLoad += count;
  }

  /** From now on every request counts as one too many. */
  ready() {
    this.readyAt = performance.now();
  }

  counts() {
    this.#add(this.observer.takeRecords());
    return { atLoad: this.atLoad, after: this.after, elsewhere: this.elsewhere, megabytes: this.bytes / 1e6 };
  }
}
