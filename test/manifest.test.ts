import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { clone } from './support/clone.ts'

// What the extension adds to VS Code, and does not.

const { contributes, activationEvents } = JSON.parse(readFileSync(`${clone}/package.json`, 'utf8')) as {
  activationEvents: readonly string[]
  contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[]
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
