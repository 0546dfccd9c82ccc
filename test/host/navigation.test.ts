import * as assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { closeAll, open, openShop, workspaceUri } from './workspace.ts'

// Where our answers and TypeScript's come together when one goes from place to place.

function placeOf(document: vscode.TextDocument, marked: string): vscode.Position {
  const at = document.getText().indexOf(marked.replace('$0', ''))
  assert.ok(at >= 0, `${marked} is in ${document.fileName}`)
  return document.positionAt(at + marked.indexOf('$0'))
}

const prepare = (document: vscode.TextDocument, marked: string): Thenable<vscode.CallHierarchyItem[]> =>
  vscode.commands.executeCommand('vscode.prepareCallHierarchy', document.uri, placeOf(document, marked))

const callers = async (item: vscode.CallHierarchyItem | undefined): Promise<readonly string[]> => {
  const calls = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
    'vscode.provideIncomingCalls',
    item,
  )
  return calls.map(({ from }) => from.name).sort()
}

const callees = async (item: vscode.CallHierarchyItem | undefined): Promise<readonly string[]> => {
  const calls = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
    'vscode.provideOutgoingCalls',
    item,
  )
  return calls.map(({ to }) => to.name).sort()
}

const isOurs = (item: vscode.CallHierarchyItem): boolean => /^model .* · /.test(item.detail ?? '')

/** The item at a place, once it is ours or, with the setting off, TypeScript's: a provider comes and goes with a message. */
async function prepared(
  document: vscode.TextDocument,
  marked: string,
  ours: boolean,
): Promise<vscode.CallHierarchyItem> {
  const [item] = await prepare(document, marked)
  return item !== undefined && isOurs(item) === ours ? item : prepared(document, marked, ours)
}

describe('going from place to place', () => {
  const settings = () => vscode.workspace.getConfiguration('modeldriver.callHierarchy')
  afterEach(async () => {
    await settings().update('enabled', undefined, true)
    await closeAll()
  })

  it('the call hierarchy of a feature is its lineage, through the models and down to the data', async () => {
    const { document } = await open(workspaceUri('retail', 'daily.features.ts'))
    const feature = await prepared(document, 'function day_$0margin(', true)
    assert.deepEqual(await callers(feature), ['day_margin_pct'])
    assert.deepEqual(await callees(feature), ['margin', 'valid'])
    const [column] = await prepare(document, 'receipts($0transaction_id)')
    assert.equal(column?.uri.path.endsWith('transactions.csv'), true)
    assert.deepEqual(await callers(column), ['receipts', 'visits'])
  })

  it('the call hierarchy of a helper is what TypeScript says, and TypeScript answers again when ours is off', async () => {
    const { document } = await open(workspaceUri('retail', 'daily.features.ts'))
    const expected = ['big_line_share', 'day_margin_pct', 'known_customer_share', 'share_of_day']
    const feature = await prepared(document, 'function share_of$0_day(', true)
    assert.deepEqual(await callees(feature), ['day_revenue', 'percent', 'revenue'])
    const [helper] = await prepare(document, 'function per$0cent(')
    assert.deepEqual(await callers(helper), expected)

    await settings().update('enabled', false, true)
    assert.deepEqual(await callees(await prepared(document, 'function share_of$0_day(', false)), ['percent'])
    assert.deepEqual(await callers((await prepare(document, 'function per$0cent('))[0]), expected)
  })

  it('columns are found in the workspace once, features by TypeScript', async () => {
    await openShop('search')
    const search = async (query: string) => {
      const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        query,
      )
      return found.filter(({ location }) => location.uri.path.includes('/host/search/'))
    }
    const columns = (await search('revenue')).filter(({ kind }) => kind === vscode.SymbolKind.Field)
    assert.deepEqual(
      columns.map(({ name, containerName }) => `${name} of ${containerName}`),
      ['revenue of shop.csv'],
    )
  })

  it('references of a parameter: ours and TypeScript\u2019s together, no place twice', async () => {
    const { document } = await openShop('references')
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      placeOf(document, 'share(revenue, to$0tal)'),
    )
    const places = found.map(
      ({ uri, range }) => `${uri.path.split('/').at(-1)}:${range.start.line}:${range.start.character}`,
    )
    const lines = document.getText().split('\n')
    const function_ = lines.findIndex((line) => line.includes('function total'))
    const parameter = lines.findIndex((line) => line.includes('share(revenue, total)'))
    const expected = [
      `shop.features.ts:${function_}:${(lines[function_] ?? '').indexOf('total')}`,
      `shop.features.ts:${parameter}:${(lines[parameter] ?? '').indexOf('total')}`,
      `shop.features.ts:${parameter + 1}:${(lines[parameter + 1] ?? '').indexOf('total')}`,
    ]
    assert.deepEqual([...places].sort(), expected.sort())
  })
})
