import * as assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { closeAll, openShop } from './workspace.ts'

async function ask(name: string, input: object): Promise<string> {
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined })
  return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('')
}

describe('tools for language models', () => {
  afterEach(closeAll)

  it('are registered and answer from the analysis', async () => {
    await openShop('tools')
    const names = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('modeldriver_'))
    assert.deepEqual(names.sort(), [
      'modeldriver_explain_lineage',
      'modeldriver_list_features',
      'modeldriver_run_sample',
    ])
    const listed = await ask('modeldriver_list_features', {})
    assert.match(listed, /- margin: row feature; number/)
    const lineage = await ask('modeldriver_explain_lineage', { feature: 'share' })
    assert.match(lineage, /Made from:[\s\S]*- total; group/)
    assert.match(
      await ask('modeldriver_explain_lineage', { feature: 'nothing' }),
      /No feature is named 'nothing'\. There are: /,
    )
  })
})
