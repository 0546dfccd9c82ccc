import { beforeEach, expect, test, vi } from 'vitest'
import { shape, text } from './shape.ts'
import { connect } from './vscode.ts'

const told = shape<{ kind: string; text: string }>({ kind: text, text })
const saved = shape<{ tab: string }>({ tab: text })

let page = new EventTarget()
const hear = (data: unknown) => page.dispatchEvent(new MessageEvent('message', { data }))
const posted: unknown[] = []
const open = () => connect(told, saved, { postMessage: (message) => posted.push(message) })

beforeEach(() => {
  page = new EventTarget()
  posted.length = 0
  vi.stubGlobal('window', page)
})

test('what was kept comes before anything else, also to one who listens late', () => {
  const host = open()
  expect(posted).toEqual([{ kind: 'ready' }])
  hear({ kind: 'drawn', text: 'said again after what was kept' })
  hear({ kind: 'kept', state: { tab: 'rows' } })
  hear({ kind: 'drawn', text: 'first' })
  const heard: unknown[] = []
  host.listen((message) => heard.push(message))
  hear({ kind: 'drawn', text: 'second' })
  expect(heard).toEqual([
    { kind: 'kept', saved: { tab: 'rows' } },
    { kind: 'drawn', text: 'first' },
    { kind: 'drawn', text: 'second' },
  ])
  host.keep({ tab: 'groups' })
  expect(posted.at(-1)).toEqual({ kind: 'keep', state: { tab: 'groups' } })
})

test.each([undefined, { tab: 1 }])('nothing kept, or nothing that is understood: the rest is heard (%j)', (state) => {
  const heard: unknown[] = []
  open().listen((message) => heard.push(message))
  hear({ kind: 'kept', state })
  hear({ kind: 'drawn', text: 'first' })
  expect(heard).toEqual([{ kind: 'drawn', text: 'first' }])
})
