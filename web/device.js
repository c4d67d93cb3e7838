// The page's one GPUDevice: shared by ONNX Runtime, the finish and the panel.

const LIMITS = [
  'maxBufferSize', 'maxStorageBufferBindingSize', 'maxComputeWorkgroupStorageSize', 'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX', 'maxComputeWorkgroupSizeY', 'maxComputeWorkgroupSizeZ', 'maxStorageBuffersPerShaderStage',
];

/** A graphics process that neither answers nor fails must not keep anybody from a portrait. */
const PATIENCE_MS = 10000;

/**
 * @param {boolean} evenSoftware a processor pretending to be a graphics card is slower than WebAssembly; only on request
 * @returns {Promise<{device: GPUDevice, half: boolean} | null>}
 */
export function openDevice(evenSoftware) {
  return Promise.race([find(evenSoftware), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null))]);
}

/** @type {typeof openDevice} */
async function find(evenSoftware) {
  try {
    const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return null;
    if (adapter.info?.isFallbackAdapter && !evenSoftware) return null;
    /** @type {Record<string, number>} */
    const requiredLimits = {};
    for (const limit of LIMITS) requiredLimits[limit] = /** @type {any} */ (adapter.limits)[limit];
    const half = adapter.features.has('shader-f16');
    const wanted = /** @type {GPUFeatureName[]} */ (['shader-f16', 'subgroups']).filter((feature) => adapter.features.has(feature));
    const device = await adapter.requestDevice({ requiredLimits, requiredFeatures: wanted });
    return { device, half };
  } catch (thrown) {
    console.warn('Limner: no WebGPU here:', thrown);
    return null;
  }
}
