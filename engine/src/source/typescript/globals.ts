// Names that need no declaration.

/** The language's own (ES2023), and what every host adds that has no effect: nobody means a column by them. */
export const languageNames: ReadonlySet<string> = new Set(
  (
    'undefined NaN Infinity globalThis arguments eval isFinite isNaN parseFloat parseInt ' +
    'decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape ' +
    'Object Function Boolean Symbol Number BigInt Math Date String RegExp JSON Reflect Proxy Intl Atomics ' +
    'Array Map Set WeakMap WeakSet WeakRef FinalizationRegistry Promise Iterator WebAssembly ' +
    'ArrayBuffer SharedArrayBuffer DataView Float32Array Float64Array Int8Array Int16Array Int32Array ' +
    'Uint8Array Uint8ClampedArray Uint16Array Uint32Array BigInt64Array BigUint64Array ' +
    'Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError ' +
    'URL URLSearchParams TextEncoder TextDecoder Buffer structuredClone atob btoa crypto performance'
  ).split(' '),
)

/** Methods of the language's objects that give another value at each call. */
export const changingMethods: ReadonlyMap<string, 'random' | 'clock'> = new Map([
  ['Math.random', 'random'],
  ['crypto.randomUUID', 'random'],
  ['crypto.getRandomValues', 'random'],
  ['Date.now', 'clock'],
  ['performance.now', 'clock'],
])

/** Functions of the host: an effect where they are called. */
export const hostFunctions: ReadonlyMap<string, 'later' | 'outside'> = new Map([
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'].map(
    (name) => [name, 'later'] as const,
  ),
  ...['fetch', 'require', 'alert', 'confirm', 'prompt', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker'].map(
    (name) => [name, 'outside'] as const,
  ),
])

/** Objects of the host: an effect where something of them is used. */
export const hostObjects: ReadonlyMap<string, 'print' | 'outside'> = new Map([
  ['console', 'print'],
  ...['process', 'global', 'globalThis', 'window', 'self', 'document', 'navigator', 'location', 'history'].map(
    (name) => [name, 'outside'] as const,
  ),
  ...['localStorage', 'sessionStorage', 'indexedDB', 'module', 'exports'].map((name) => [name, 'outside'] as const),
])

/** Methods that change the list, map or set they are asked of. */
export const mutators: ReadonlySet<string> = new Set(
  'push pop shift unshift splice sort reverse fill copyWithin set add delete clear'.split(' '),
)
