import { analyseFixture } from '@modeldriver/engine/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CheckAnswer, CheckRequest } from './messages.ts'
import { createTypeChecks, type ThreadEvents } from './type-checks.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Checks with a thread that answers when it is told to; `log` is what happened. */
function start() {
  const log: string[] = []
  const requests: CheckRequest[] = []
  let events: ThreadEvents | undefined
  let latest: Int32Array | undefined
  let busy = false
  const checks = createTypeChecks({
    start: (memory, given) => {
      log.push('start')
      events = given
      latest = new Int32Array(memory.latest)
      return {
        postMessage: (request) => {
          log.push(`check ${request.project}`)
          requests.push(request)
        },
        terminate: () => log.push('stop'),
      }
    },
    textOf: () => '',
    isBusy: () => busy,
    found: (project) => log.push(`found ${project}`),
    failed: (doing) => log.push(`failed ${doing}`),
  })
  return {
    checks,
    happened: () => log.splice(0),
    wait: (ms: number) => vi.advanceTimersByTime(ms),
    setBusy: (value: boolean) => {
      busy = value
    },
    isCancelled: (request: number) => latest?.[0] !== requests[request]?.id,
    answer: (request: number, answer: Partial<CheckAnswer> = {}) =>
      events?.answered({ id: requests[request]?.id ?? 0, kind: 'found', findings: [], ...answer } as CheckAnswer),
    end: () => events?.ended('out of memory'),
  }
}

const { analysis } = analyseFixture('//- /a.csv\nx\n1\n//- /a.features.ts\nexport const f = (x) => x.foo()\n')
const finding = {
  model: 'a',
  path: '/a.features.ts',
  feature: 'f',
  span: { start: 0, end: 3 },
  message: 'wrong',
}

test('a project is checked a moment after the last change; the thread ends when it is not needed', () => {
  const { checks, happened, wait, answer } = start()
  checks.changed('a', analysis)
  wait(300)
  checks.changed('a', analysis)
  wait(300)
  expect(happened()).toEqual([])
  wait(100)
  expect(happened()).toEqual(['start', 'check a'])
  answer(0, { kind: 'found', findings: [finding] })
  expect(happened()).toEqual(['found a'])
  expect(checks.problemsOf('a', analysis).map(({ code, message }) => `${code} ${message}`)).toEqual(['MD019 wrong'])
  wait(29_000)
  checks.changed('a', analysis)
  wait(400)
  answer(1)
  expect(checks.problemsOf('a', analysis)).toEqual([])
  wait(29_999)
  expect(happened()).toEqual(['check a', 'found a'])
  wait(1)
  expect(happened()).toEqual(['stop'])
  checks.changed('a', analysis)
  wait(400)
  expect(happened()).toEqual(['start', 'check a'])
})

test('a change gives up what runs, and all that was given up is checked again', () => {
  const { checks, happened, wait, answer, isCancelled } = start()
  checks.changed('a', analysis)
  checks.changed('b', analysis)
  wait(400)
  expect(happened()).toEqual(['start', 'check a'])
  expect(isCancelled(0)).toBe(false)
  checks.changed('b', analysis)
  expect(isCancelled(0)).toBe(true)
  // Too late: it is of a text that may be another by now.
  answer(0, { kind: 'found', findings: [finding] })
  wait(400)
  answer(1)
  answer(2)
  expect(happened()).toEqual(['check b', 'found b', 'check a', 'found a'])
})

test('what was found of a file that is another now is not said', () => {
  const { checks, wait, answer } = start()
  checks.changed('a', analysis)
  wait(400)
  answer(0, { kind: 'found', findings: [finding] })
  const other = analyseFixture('//- /a.csv\nx\n1\n//- /a.features.ts\nexport const f = (x) => x\n')
  expect(checks.problemsOf('a', other.analysis)).toEqual([])
  expect(checks.problemsOf('a', analysis)).toHaveLength(1)
})

test('waits while files are taken in; a closed project is forgotten', () => {
  const { checks, happened, wait, answer, setBusy } = start()
  setBusy(true)
  checks.changed('a', analysis)
  wait(400)
  expect(happened()).toEqual([])
  setBusy(false)
  wait(400)
  expect(happened()).toEqual(['start', 'check a'])
  checks.closed('a')
  answer(0, { kind: 'found', findings: [finding] })
  wait(1000)
  expect(happened()).toEqual([])
})

test('a check that takes too long is ended and told, and the others are made', () => {
  const { checks, happened, wait, answer } = start()
  checks.changed('a', analysis)
  wait(400)
  checks.changed('b', analysis)
  // Given up, but the thread does not hear it.
  wait(400)
  expect(happened()).toEqual(['start', 'check a', 'check a'])
  wait(19_600)
  expect(happened()).toEqual(['stop', 'failed checking the types of a'])
  wait(400)
  expect(happened()).toEqual(['start', 'check b'])
  answer(2)
  expect(happened()).toEqual(['found b', 'check a'])
  wait(20_000)
  expect(happened()).toEqual(['stop', 'failed checking the types of a'])
})

test('a crash is told, and after three in a row the project is not checked any more', () => {
  const { checks, happened, wait, end, answer } = start()
  const again = () => {
    checks.changed('a', analysis)
    wait(400)
  }
  again()
  end()
  expect(happened()).toEqual(['start', 'check a', 'failed checking the types of a'])
  again()
  answer(1)
  for (let i = 0; i < 2; i++) {
    again()
    end()
  }
  again()
  answer(4, { kind: 'failed', reason: 'a mistake of ours' })
  happened()
  again()
  expect(happened()).toEqual([])
})
