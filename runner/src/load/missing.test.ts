import { expect, test } from 'vitest'
import { createLoader } from './modules.ts'

function value(body: string, ...given: unknown[]): unknown {
  const files: Record<string, string> = {
    '/p/a.features.ts': `import rates from './rates.json'\nexport const f = (a: unknown, b: number | null, c: any) => ${body}`,
    '/p/rates.json': '{ "DE": 0.19, "FR": null, "steps": [1, null] }',
  }
  const options = { readText: (path: string) => files[path], library: {}, timeoutMs: 2000 }
  const { exports } = createLoader().load('/p/a.features.ts', options)
  return (exports.f as (...inputs: unknown[]) => unknown)(...given)
}

const day = new Date(Date.UTC(2024, 0, 31))

/** Missing is one thing: worked out from that rule, not from what JavaScript does. */
test.each<[string, readonly unknown[], unknown]>([
  ['a === null', [undefined], true],
  ['a === null', [Number.NaN], true],
  ['a !== null', [undefined], false],
  ['null === a', [undefined], true],
  ['a === undefined', [null], true],
  ['a == null', [Number.NaN], true],
  ['a != null', [Number.POSITIVE_INFINITY], false],
  ['a == null', [0], false],
  ["a === ''", [''], true],
  ['a == undefined', [new Date(Number.NaN)], true],
  ['a === void 0', [day], false],
  ['!(a === null)', [undefined], false],
  ['a ?? 7', [Number.NaN], 7],
  ['a ?? b ?? 7', [undefined, Number.NaN], 7],
  ['a ?? 7', [false], false],
  ['c / b ?? 7', [0, 0, 4], 7],
  ['(() => { let x = c; x ??= 5; return x })()', [0, 0, Number.NaN], 5],
  ['(() => { let x = c; x ??= 5; return x })()', [0, 0, 3], 3],
  ['Number.isNaN(a)', [undefined], true],
  ['Number.isNaN(a)', [4], false],
  ['Number.isNaN(a)', ['text'], false],
  ['(c > 1 ? c : null)! * 100', [0, 0, 1], Number.NaN],
  ['({ FR: null } as any)[c] * 2', [0, 0, 'FR'], Number.NaN],
  ['(rates as any)[c] * 2', [0, 0, 'FR'], Number.NaN],
  ['(rates as any)[c] * 100', [0, 0, 'DE'], 19],
  ['Object.keys(rates).length', [], 3],
  ['(rates as any).steps[1] + 1', [], Number.NaN],
  ['((x = 5) => x)(null as any)', [], 5],
  ['Object.keys(Object.create(null)).length', [], 0],
  ["(c.match(/x/) === null) ? 'none' : 'some'", [0, 0, 'abc'], 'none'],
  ['[1, 2].includes(c)', [0, 0, 2], true],
])('%s of %j is %j', (body, given, expected) => expect(value(body, ...given)).toEqual(expected))
