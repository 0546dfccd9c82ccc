import * as assert from 'node:assert/strict'
import type { RunSummary } from '@modeldriver/protocol'
import * as vscode from 'vscode'
import { closeAll, open, workspaceUri } from './workspace.ts'

describe('samples/retail', () => {
  after(closeAll)

  it('has no problems, and all its models run in their order', async () => {
    const { document } = await open(workspaceUri('retail', 'modeldriver.json'))
    const outcome = await vscode.commands.executeCommand<{ kind: string; summary: RunSummary }>(
      'modeldriver.run',
      document.uri.toString(),
    )
    assert.equal(outcome.kind, 'ran', JSON.stringify(outcome))
    const { models, problems } = outcome.summary
    assert.deepEqual(
      models.map(({ model }) => model),
      ['transactions', 'daily', 'customer_profile'],
    )
    assert.deepEqual(problems, [])
    assert.deepEqual(
      models.flatMap(({ features }) => features.flatMap(({ error }) => error ?? [])),
      [],
    )
    const errors = vscode.languages
      .getDiagnostics()
      .filter(([uri]) => uri.path.includes('/retail/'))
      .flatMap(([, all]) => all.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error))
    assert.deepEqual(
      errors.map(({ message }) => message),
      [],
    )
  })
})
