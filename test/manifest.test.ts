import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { clone } from './support/clone.ts'

// What the extension adds to VS Code, and does not.

const { contributes, activationEvents } = JSON.parse(readFileSync(`${clone}/package.json`, 'utf8')) as {
  activationEvents: readonly string[]
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
const byButton: Readonly<Record<string, string>> = {
  'modeldriver.showProblem': 'Make a Mistake',
  'modeldriver.restartServer': 'Restart Server',
}

test('every command is run in a real VS Code, by the palette or by a button', () => {
  const english = JSON.parse(readFileSync(`${clone}/package.nls.json`, 'utf8')) as Readonly<Record<string, string>>
  const folder = `${clone}/test/e2e`
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('\n')
  const ran = new Set(
    [...tests.matchAll(/\brunCommand(?:ByKeys)?\(\s*page,\s*'ModelDriver: ([^']+)'/g)].map((found) => found[1]),
  )
  const pressed = (words: string) => new RegExp(`\\b(?:follow\\('[^']+', |name: )'${words}'`).test(tests)
  const isRun = ({ command, title }: (typeof contributes.commands)[number]): boolean => {
    const words = byButton[command]
    return words === undefined ? ran.has(english[title.slice(1, -1)]) : pressed(words)
  }
  expect(contributes.commands.filter((command) => !isRun(command)).map(({ command }) => command)).toEqual([])
})
