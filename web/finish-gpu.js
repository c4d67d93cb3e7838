// Runs a plan of Finish (src/finish/plan.h) on WebGPU: the same passes as the C++ side, with shaders/<primitive>.wgsl.
//
//   const finish = new FinishGpu(device, (name) => fetch(`shaders/${name}.wgsl`).then((r) => r.text()));
//   await finish.prepare(plan);                                  // compiles the pipelines that are missing
//   finish.run(plan, { buffer, version: 7 }, texture);           // records and submits; returns what it did
//
// `plan` is plan_json()'s object. `source.buffer` holds the planes (for portraits the network's own output: nothing is read
// back or copied); `source.version` must change when its contents do. `texture` is rgba8unorm with STORAGE_BINDING, of the
// plan's size, and receives display sRGB with straight alpha. Images marked `keep` survive until the next run, so that a
// change of light or backdrop is a single dispatch.
//
// In Node (npm `webgpu`) it works the same, which is how the tests hold shaders and C++ side by side.

/**
 * @typedef {{primitive: string, words: number[], inputs: number[], output: number, keep: boolean}} PlanPass
 * @typedef {{image: number, parts: number[]}} PlanTable  an image that comes with the plan; numbers are parts / TABLE_PARTS
 * @typedef {{width: number, height: number, source: {width: number, height: number, planes: number}, images: [number, number][],
 *   tables: PlanTable[], passes: PlanPass[], reach: number}} Plan
 * @typedef {{buffer: GPUBuffer, version: number | string}} Source
 * @typedef {{dispatches: number, bytes: number, images: number}} RunReport  bytes: read and written by the dispatches, at least
 */

const SLOT_BYTES = 1024; // a pass's 256 words; a multiple of what dynamic offsets are aligned to
const WORD_BYTES = SLOT_BYTES;
const FIRST_MADE = 3; // images 0, 1, 2 are the source, the blank and the example
const TABLE_PARTS = 16384; // kTableParts of src/finish/plan.h

const TO_BUFFER = `@group(0) @binding(6) var<storage, read_write> result: array<vec4f>;
fn store(at: vec2u, c: vec4f) { result[at.y * word(0u) + at.x] = c; }`;

// The last pass writes the picture itself, cut to the frame's shape.
const TO_TEXTURE = `@group(0) @binding(6) var result: texture_storage_2d<rgba8unorm, write>;
fn store(at: vec2u, c: vec4f) {
    var a = c.a;
    if (word(6u) == 1u) {
        let full = full_size();
        let d = vec2f(at) + vec2f(origin()) + 0.5 - 0.5 * full;
        a *= saturate(0.5 * min(full.x, full.y) - sqrt(dot(d, d)) + 0.5);
    }
    textureStore(result, at, vec4f(c.rgb, a));
}`;

export class FinishGpu {
    /**
     * @param {GPUDevice} device
     * @param {(name: string) => Promise<string>} loadShader text of shaders/<name>.wgsl
     */
    constructor(device, loadShader) {
        this.device = device;
        this.loadShader = loadShader;
        /** @type {Promise<string> | null} */
        this.common = null;
        /** @type {Map<string, GPUComputePipeline>} "develop" or "develop>" (to a texture) */
        this.pipelines = new Map();
        /** @type {Map<string, Promise<void>>} */
        this.compiling = new Map();
        /** @type {Map<string, GPUBuffer>} images kept from the last run, by what made them */
        this.kept = new Map();
        /** @type {Map<number, GPUBuffer[]>} free buffers by size */
        this.pool = new Map();
        /** @type {Map<string, GPUBuffer>} tables of the last plan, by what is in them */
        this.tables = new Map();
        /** @type {GPUBuffer | null} */
        this.wordBuffer = null;
        /** @type {{buffer: GPUBuffer, version: number | string} | null} */
        this.example = null;
        this.layouts = { buffer: this.#layout(false), texture: this.#layout(true) };
        this.blank = device.createBuffer({ label: 'finish blank', size: 16, usage: GPUBufferUsage_.STORAGE });
    }

    /** @param {boolean} toTexture */
    #layout(toTexture) {
        /** @type {GPUBindGroupLayoutEntry[]} */
        const entries = [{ binding: 0, visibility: 4, buffer: { type: 'uniform', hasDynamicOffset: true, minBindingSize: WORD_BYTES } }];
        for (let i = 1; i <= 5; ++i) entries.push({ binding: i, visibility: 4, buffer: { type: 'read-only-storage' } });
        entries.push(toTexture
            ? { binding: 6, visibility: 4, storageTexture: { access: 'write-only', format: 'rgba8unorm' } }
            : { binding: 6, visibility: 4, buffer: { type: 'storage' } });
        const group = this.device.createBindGroupLayout({ entries });
        return { group, pipeline: this.device.createPipelineLayout({ bindGroupLayouts: [group] }) };
    }

    /**
     * The picture whose manner the style "example" borrows.
     * @param {{width: number, height: number, rgba: Uint8Array | Uint8ClampedArray} | null} picture
     */
    setExample(picture) {
        this.example?.buffer.destroy();
        this.example = null;
        if (!picture) return;
        const floats = new Float32Array(picture.width * picture.height * 4);
        for (let i = 0; i < floats.length; ++i) floats[i] = picture.rgba[i] / 255;
        const buffer = this.device.createBuffer({ label: 'finish example', size: floats.byteLength, usage: GPUBufferUsage_.STORAGE | GPUBufferUsage_.COPY_DST });
        this.device.queue.writeBuffer(buffer, 0, floats);
        this.example = { buffer, version: ++exampleCount };
    }

    /**
     * Compiles what the plan needs and has not been compiled.
     * @param {Plan} plan
     */
    async prepare(plan) {
        const last = plan.passes.length - 1;
        const names = new Set(plan.passes.map((pass, i) => pass.primitive + (i === last ? '>' : '')));
        await Promise.all([...names].map((name) => {
            let compiling = this.compiling.get(name);
            if (!compiling) {
                compiling = this.#compile(name);
                this.compiling.set(name, compiling);
                compiling.catch(() => this.compiling.delete(name)); // a failed download may be tried again
            }
            return compiling;
        }));
    }

    /** @param {Plan} plan */
    ready(plan) {
        const last = plan.passes.length - 1;
        return plan.passes.every((pass, i) => this.pipelines.has(pass.primitive + (i === last ? '>' : '')));
    }

    /** @param {string} name */
    async #compile(name) {
        const toTexture = name.endsWith('>');
        const primitive = toTexture ? name.slice(0, -1) : name;
        this.common ??= this.loadShader('common');
        const [common, own] = await Promise.all([this.common, this.loadShader(primitive)]).catch((error) => {
            this.common = null;
            throw error;
        });
        const code = common.replace('//OUTPUT', toTexture ? TO_TEXTURE : TO_BUFFER) + own;
        const module = this.device.createShaderModule({ label: primitive, code });
        const layout = toTexture ? this.layouts.texture : this.layouts.buffer;
        try {
            this.pipelines.set(name, await this.device.createComputePipelineAsync({
                label: primitive, layout: layout.pipeline, compute: { module, entryPoint: 'main' },
            }));
        } catch (error) {
            const info = await module.getCompilationInfo();
            const lines = info.messages.filter((m) => m.type === 'error').map((m) => `${m.lineNum}: ${m.message}`);
            throw new Error(`The shader "${primitive}" does not compile on this device. ${lines.join(' ') || String(error)}`);
        }
    }

    /**
     * Records the passes whose images are not there already, and submits them.
     * @param {Plan} plan
     * @param {Source} source
     * @param {GPUTexture} target
     * @returns {RunReport}
     */
    run(plan, source, target) {
        const { device } = this;
        const passes = plan.passes;
        const last = passes.length - 1;
        const keys = this.#keys(plan, source);
        // Backwards: which passes have to run, and how often each image is read.
        const needed = new Set([passes[last].output]);
        /** @type {Map<number, number>} */
        const reads = new Map();
        /** @type {number[]} */
        const todo = [];
        for (let i = last; i >= 0; --i) {
            const pass = passes[i];
            if (!needed.has(pass.output) || (i !== last && this.kept.has(keys[pass.output]))) continue;
            todo.unshift(i);
            for (const input of pass.inputs) {
                needed.add(input);
                reads.set(input, (reads.get(input) ?? 0) + 1);
            }
        }
        this.#writeWords(plan, todo);

        /** @type {(GPUBuffer | null)[]} */
        const images = plan.images.map((_, id) => this.kept.get(keys[id]) ?? null);
        images[0] = source.buffer;
        images[1] = this.blank;
        images[2] = this.example?.buffer ?? this.blank;
        this.#writeTables(plan, keys, images);
        const given = new Set(plan.tables.map((t) => t.image));
        // What was kept for another picture makes room first.
        const wanted = new Set(passes.filter((p) => p.keep).map((p) => keys[p.output]));
        for (const [key, buffer] of this.kept) {
            if (wanted.has(key)) continue;
            this.#release(buffer);
            this.kept.delete(key);
        }

        const report = { dispatches: 0, bytes: 0, images: 0 };
        const encoder = device.createCommandEncoder({ label: 'finish' });
        const compute = encoder.beginComputePass();
        todo.forEach((index, slot) => {
            const pass = passes[index];
            const toTexture = index === last;
            const [width, height] = plan.images[pass.output];
            const pipeline = this.pipelines.get(pass.primitive + (toTexture ? '>' : ''));
            if (!pipeline) throw new Error(`The shader "${pass.primitive}" was not prepared.`);
            const output = toTexture ? null : this.#acquire(width * height * 16, report);
            /** @type {GPUBindGroupEntry[]} */
            const entries = [{ binding: 0, resource: { buffer: /** @type {GPUBuffer} */ (this.wordBuffer), size: WORD_BYTES } }];
            for (let k = 0; k < 5; ++k) {
                const id = pass.inputs[k] ?? 1;
                const size = this.#bytes(plan, id);
                entries.push({ binding: k + 1, resource: { buffer: /** @type {GPUBuffer} */ (images[id]), size } });
                if (k < pass.inputs.length) report.bytes += size;
            }
            entries.push({ binding: 6, resource: output ? { buffer: output, size: width * height * 16 } : target.createView() });
            report.bytes += width * height * (output ? 16 : 4);
            const layout = toTexture ? this.layouts.texture : this.layouts.buffer;
            compute.setPipeline(pipeline);
            compute.setBindGroup(0, device.createBindGroup({ layout: layout.group, entries }), [slot * SLOT_BYTES]);
            compute.dispatchWorkgroups(Math.ceil(width / 8), Math.ceil(height / 8));
            ++report.dispatches;
            if (output) {
                images[pass.output] = output;
                if (pass.keep) this.kept.set(keys[pass.output], output);
            }
            for (const input of pass.inputs) {
                const left = (reads.get(input) ?? 0) - 1;
                reads.set(input, left);
                const buffer = images[input];
                if (left === 0 && input >= FIRST_MADE && !given.has(input) && buffer && !this.kept.has(keys[input])) this.#release(buffer);
            }
        });
        compute.end();
        device.queue.submit([encoder.finish()]);
        this.#trim(report.images);
        return report;
    }

    /**
     * Runs and reads the pixels back, for exports and tests.
     * @param {Plan} plan
     * @param {Source} source
     * @returns {Promise<Uint8Array>} rgba8, rows packed
     */
    async pixels(plan, source) {
        const { device } = this;
        const texture = device.createTexture({
            size: [plan.width, plan.height], format: 'rgba8unorm', usage: GPUTextureUsage_.STORAGE_BINDING | GPUTextureUsage_.COPY_SRC,
        });
        const rowBytes = Math.ceil((plan.width * 4) / 256) * 256;
        const buffer = device.createBuffer({ size: rowBytes * plan.height, usage: GPUBufferUsage_.MAP_READ | GPUBufferUsage_.COPY_DST });
        try {
            await this.prepare(plan);
            this.run(plan, source, texture);
            const encoder = device.createCommandEncoder();
            encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: rowBytes }, [plan.width, plan.height]);
            device.queue.submit([encoder.finish()]);
            await buffer.mapAsync(GPUMapMode_.READ);
            const rows = new Uint8Array(buffer.getMappedRange());
            const packed = new Uint8Array(plan.width * plan.height * 4);
            for (let y = 0; y < plan.height; ++y)
                packed.set(rows.subarray(y * rowBytes, y * rowBytes + plan.width * 4), y * plan.width * 4);
            return packed;
        } finally {
            texture.destroy();
            buffer.destroy();
        }
    }

    /** Gives all memory back; the pipelines stay. */
    clear() {
        for (const buffer of this.kept.values()) buffer.destroy();
        this.kept.clear();
        for (const buffer of this.tables.values()) buffer.destroy();
        this.tables.clear();
        this.#trim(0, true);
    }

    // What each image is made of: two images of the same key are the same image.
    /** @param {Plan} plan @param {Source} source */
    #keys(plan, source) {
        const keys = plan.images.map(() => '');
        keys[0] = `source ${source.version}`;
        keys[2] = `example ${this.example?.version ?? 'none'}`;
        for (const table of plan.tables) keys[table.image] = digest(`table(${table.parts.join()})`);
        for (const pass of plan.passes)
            keys[pass.output] = digest(`${pass.primitive}(${pass.words.join()}|${pass.inputs.map((i) => keys[i]).join('|')})`);
        return keys;
    }

    /** @param {Plan} plan @param {number} id */
    #bytes(plan, id) {
        if (id === 0) return plan.source.width * plan.source.height * plan.source.planes * 4;
        if (id === 1 || (id === 2 && !this.example)) return 16;
        return plan.images[id][0] * plan.images[id][1] * 16;
    }

    /** @param {Plan} plan @param {string[]} keys @param {(GPUBuffer | null)[]} images */
    #writeTables(plan, keys, images) {
        const before = this.tables;
        this.tables = new Map();
        for (const { image, parts } of plan.tables) {
            const key = keys[image];
            let buffer = before.get(key);
            if (!buffer) {
                buffer = this.device.createBuffer({ label: 'finish table', size: parts.length * 4, usage: GPUBufferUsage_.STORAGE | GPUBufferUsage_.COPY_DST });
                this.device.queue.writeBuffer(buffer, 0, Float32Array.from(parts, (p) => p / TABLE_PARTS));
            }
            before.delete(key);
            this.tables.set(key, buffer);
            images[image] = buffer;
        }
        for (const buffer of before.values()) buffer.destroy();
    }

    /** @param {Plan} plan @param {number[]} todo */
    #writeWords(plan, todo) {
        const size = Math.max(todo.length, 1) * SLOT_BYTES;
        if (!this.wordBuffer || this.wordBuffer.size < size) {
            this.wordBuffer?.destroy();
            this.wordBuffer = this.device.createBuffer({ label: 'finish words', size: Math.max(size, 64 * SLOT_BYTES), usage: GPUBufferUsage_.UNIFORM | GPUBufferUsage_.COPY_DST });
        }
        const all = new Uint32Array(size / 4);
        todo.forEach((index, slot) => all.set(plan.passes[index].words, (slot * SLOT_BYTES) / 4));
        this.device.queue.writeBuffer(this.wordBuffer, 0, all);
    }

    /** @param {number} size @param {RunReport} report */
    #acquire(size, report) {
        const free = this.pool.get(size)?.pop();
        if (free) return free;
        ++report.images;
        return this.device.createBuffer({ label: 'finish image', size, usage: GPUBufferUsage_.STORAGE });
    }

    /** @param {GPUBuffer} buffer */
    #release(buffer) {
        const free = this.pool.get(buffer.size);
        if (free) free.push(buffer);
        else this.pool.set(buffer.size, [buffer]);
    }

    // Buffers of sizes no longer in use go when new ones had to be made.
    /** @param {number} made @param {boolean} [all] */
    #trim(made, all = false) {
        if (!made && !all) return;
        for (const [size, free] of this.pool) {
            while (free.length > (all ? 0 : 4)) free.pop()?.destroy();
            if (!free.length) this.pool.delete(size);
        }
    }
}

let exampleCount = 0;

/** 106 bits of a text: two rounds of a 53-bit multiplicative hash. @param {string} text */
function digest(text) {
    const half = (/** @type {number} */ seed) => {
        let a = 0xdeadbeef ^ seed, b = 0x41c6ce57 ^ seed;
        for (let i = 0; i < text.length; ++i) {
            const c = text.charCodeAt(i);
            a = Math.imul(a ^ c, 2654435761);
            b = Math.imul(b ^ c, 1597334677);
        }
        a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
        b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
        return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
    };
    return `${half(1)}.${half(2)}`;
}

// Node's `webgpu` package has these globals only once they are set; the values are fixed by the standard.
const GPUBufferUsage_ = { MAP_READ: 0x1, COPY_SRC: 0x4, COPY_DST: 0x8, UNIFORM: 0x40, STORAGE: 0x80 };
const GPUTextureUsage_ = { COPY_SRC: 0x1, STORAGE_BINDING: 0x8 };
const GPUMapMode_ = { READ: 0x1 };
