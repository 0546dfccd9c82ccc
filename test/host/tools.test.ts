import * as assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { closeAll, open, openShop, replace, shopData, shopFeatures, workspaceUri } from './workspace.ts'

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

  // By hand, from shopData: margin .4, 0, missing, .75; total A 150, B 80; share 2/3, 1/3, missing, 1.
  it('run a model on its sample as it stands in the editor', async () => {
    const write = (name: string, text: string) =>
      vscode.workspace.fs.writeFile(workspaceUri('host', 'tools', name), Buffer.from(text))
    await write('kiosk.csv', shopData)
    await write('kiosk.features.ts', shopFeatures)
    const editor = await open(workspaceUri('host', 'tools', 'kiosk.features.ts'))
    const ran = async () => (await ask('modeldriver_run_sample', { model: 'kiosk' })).replace(/ · [\d.]+ m?s$/gm, '')
    const total = '- total: mean 115 · min 80 · max 150'
    const share = '- share: mean 0.667 · min 0.333 · max 1 · 25 % missing'
    const margin = '- margin: mean 0.383 · min 0 · max 0.750 · 25 % missing'
    assert.equal(await ran(), ['Model kiosk: 4 rows, 2 groups', total, margin, share].join('\n'))

    await replace(editor, '(revenue - cost) / revenue', 'cost.nothing.at.all')
    const said = await ran()
    assert.match(said, /^- margin: 'margin' failed at row 1: /m)
    assert.ok(said.includes(total) && said.includes(share), said)
  })

  it('say which models there are where one of that name is not', async () => {
    await openShop('tools')
    assert.match(
      await ask('modeldriver_run_sample', { model: 'nothing' }),
      /^No model is named 'nothing'\. There are: (.*, )?shop\b/,
    )
  })
})
