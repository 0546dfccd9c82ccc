import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { clone } from './support/clone.ts'

// What the extension adds to VS Code, and does not.

const { contributes, activationEvents, capabilities } = JSON.parse(readFileSync(`${clone}/package.json`, 'utf8')) as {
  activationEvents: readonly string[]
  capabilities: Readonly<Record<string, object>>
  contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly title: string }[]
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> }
  }
}

test('at most 20 commands, all of one category, and at most 20 settings', () => {
  expect(contributes.commands.length).toBeLessThanOrEqual(20)
  expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['ModelDriver']))
  const settings = Object.keys(contributes.configuration.properties)
  expect(settings.length).toBeLessThanOrEqual(20)
  const names = [...settings, ...contributes.commands.map(({ command }) => command)]
  expect(names.filter((name) => !name.startsWith('modeldriver.'))).toEqual([])
})

test('it stays off where server and runner cannot read the files, and is on where nobody trusts the folder yet', () => {
  expect(capabilities.virtualWorkspaces).toMatchObject({ supported: false })
  expect(capabilities.untrustedWorkspaces).toMatchObject({ supported: 'limited' })
})

test('no keyboard shortcut is taken', () => {
  expect(contributes).not.toHaveProperty('keybindings')
})

test('it starts by files of its own and by the languages of feature files, where it looks at their names and no more', () => {
  const own = /^(?:workspaceContains:.*(?:modeldriver\.json|\.features\.\{[\w,]+\})|onWebviewPanel:modeldriver\.\w+)$/
  expect(activationEvents.filter((event) => !own.test(event))).toEqual([
    'onLanguage:typescript',
    'onLanguage:javascript',
  ])
})

/** Commands that the end-to-end tests run by a button, and what that says. */
const byButton: Readonly<Record<string, string>> = { 'modeldriver.showProblem': 'Make a Mistake' }
/** Commands that the tests in the extension host run, where they see more of what became of it. */
const inHost: readonly string[] = ['modeldriver.restartServer']

test('every command is run in a real VS Code, by the palette, by a button or in the extension host', () => {
  const english = JSON.parse(readFileSync(`${clone}/package.nls.json`, 'utf8')) as Readonly<Record<string, string>>
  const testsIn = (folder: string): string =>
    readdirSync(`${clone}/test/${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(`${clone}/test/${folder}/${name}`, 'utf8'))
      .join('\n')
  const [tests, ofHost] = [testsIn('e2e'), testsIn('host')]
  const ran = new Set(
    [...tests.matchAll(/\brunCommand(?:ByKeys)?\(\s*page,\s*'ModelDriver: ([^']+)'/g)].map((found) => found[1]),
  )
  const pressed = (words: string) => new RegExp(`\\b(?:follow\\('[^']+', |name: )'${words}'`).test(tests)
  const isRun = ({ command, title }: (typeof contributes.commands)[number]): boolean => {
    if (inHost.includes(command)) return ofHost.includes(`executeCommand('${command}'`)
    const words = byButton[command]
    return words === undefined ? ran.has(english[title.slice(1, -1)]) : pressed(words)
  }
  expect(contributes.commands.filter((command) => !isRun(command)).map(({ command }) => command)).toEqual([])
})
