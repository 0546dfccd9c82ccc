import * as assert from 'node:assert/strict'
import * as vscode from 'vscode'
import {
  closeAll,
  codeOf,
  eventually,
  open,
  openShop,
  replace,
  shopData,
  shopFeatures,
  workspaceUri,
} from './workspace.ts'

// ModelDriver's answers beside those of VS Code's own services for TypeScript, JavaScript and JSON: nothing twice.

const typescript = 'vscode.typescript-language-features'
const json = 'vscode.json-language-features'

/** The place of `$0` in `marked`, a piece of a document's text. */
function placeOf(document: vscode.TextDocument, marked: string): vscode.Position {
  const at = document.getText().indexOf(marked.replace('$0', ''))
  assert.ok(at >= 0, `${marked} is in ${document.fileName}`)
  return document.positionAt(at + marked.indexOf('$0'))
}

const textOf = (content: vscode.MarkdownString | vscode.MarkedString): string =>
  typeof content === 'string' ? content : content.value

async function hovers({ document }: vscode.TextEditor, marked: string): Promise<readonly string[]> {
  const found = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    placeOf(document, marked),
  )
  return found.map(({ contents }) => contents.map(textOf).join('\n'))
}

async function completions(
  { document }: vscode.TextEditor,
  marked: string,
  trigger?: string,
): Promise<readonly vscode.CompletionItem[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    placeOf(document, marked),
    trigger,
  )
  // The editor's own snippets are offered wherever there are words.
  return items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Snippet)
}

const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === 'string' ? label : label.label)
const labels = (items: readonly vscode.CompletionItem[]): readonly string[] => items.map(labelOf)

/** Names and values without the quotes that the JSON service writes around some of its labels. */
const bare = (items: readonly vscode.CompletionItem[]): readonly string[] =>
  labels(items).map((label) => label.replace(/^"(.*)"$/, '$1'))

const count = (texts: readonly string[], part: string | RegExp): number =>
  texts.filter((text) => text.match(part)).length

async function writeShop(folder: string, name: string): Promise<vscode.Uri> {
  await vscode.workspace.fs.writeFile(workspaceUri('host', folder, 'shop.csv'), Buffer.from(shopData))
  const uri = workspaceUri('host', folder, name)
  await vscode.workspace.fs.writeFile(uri, Buffer.from(shopFeatures))
  return uri
}

for (const name of ['shop.features.ts', 'shop.features.js'])
  describe(`beside TypeScript, in ${name}`, () => {
    let uri: vscode.Uri
    let editor: vscode.TextEditor
    before(async () => {
      await vscode.extensions.getExtension(typescript)?.activate()
      // Once: a file is empty for a moment while it is written, and no test saves anything.
      uri = await writeShop(`beside ${name}`, name)
    })
    beforeEach(async () => {
      editor = await open(uri)
    })
    afterEach(closeAll)

    it('hover on a parameter and on its use has both, each once', async () => {
      for (const place of ['margin(rev$0enue, cost)', 'return (rev$0enue - cost)']) {
        const found = await hovers(editor, place)
        assert.equal(count(found, /\(parameter\) revenue: any/), 1, found.join('\n---\n'))
        assert.equal(count(found, /column of shop\.csv/), 1, found.join('\n---\n'))
        assert.equal(found.length, 2)
      }
    })

    it('hover on a feature has both, each once', async () => {
      const found = await hovers(editor, 'function mar$0gin(')
      assert.equal(count(found, /function margin\(revenue: any/), 1)
      assert.equal(count(found, /row · one value per row/), 1)
      assert.equal(found.length, 2)
    })

    it('hover links to what is upstream and to the graph, and to no other command', async () => {
      const uri = editor.document.uri
      const found = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        placeOf(editor.document, 'share(revenue, to$0tal)'),
      )
      const ours = found.flatMap(({ contents }) => contents).find((content) => textOf(content).includes('per pin'))
      assert.ok(ours instanceof vscode.MarkdownString)
      assert.match(ours.value, /\[Go to upstream\]\(file:[^)]*#L8,17\)/)
      const [, args = ''] = /\(command:modeldriver\.showGraph\?([^)]*)\)/.exec(ours.value) ?? []
      assert.deepEqual(JSON.parse(decodeURIComponent(args)), [uri.toString(), 'total'])
      assert.deepEqual(ours.isTrusted, { enabledCommands: ['modeldriver.showGraph'] })
    })

    it("elsewhere hover is TypeScript's alone", async () => {
      const found = await hovers(editor, 'revenue.su$0m()')
      assert.equal(count(found, /shop\.csv|per pin|row ·/), 0)
    })

    it('completion in a list of parameters is ours alone', async () => {
      await replace(editor, 'margin(revenue, cost)', 'margin(revenue, )')
      assert.deepEqual(labels(await completions(editor, 'margin(revenue, $0)')), ['pin', 'cost', 'total', 'share'])
      assert.deepEqual(labels(await completions(editor, 'total($0revenue)', '(')), ['pin', 'revenue', 'cost', 'margin'])
    })

    it('completion while a function is still unfinished', async () => {
      await replace(editor, 'export function total', 'export function extra(re\n\nexport function total')
      const found = labels(await completions(editor, 'extra(re$0'))
      assert.deepEqual(found, ['pin', 'revenue', 'cost', 'margin', 'total', 'share'])
    })

    it("completion in a body is TypeScript's alone", async () => {
      await replace(editor, 'return revenue / total', 'return re')
      const items = await completions(editor, 'return re$0')
      const own = items.filter((item) => labelOf(item) === 'revenue')
      assert.equal(own.length, 1)
      assert.ok(labels(items).includes('total') && !labels(items).includes('pin'))
      assert.equal(own[0]?.kind, vscode.CompletionItemKind.Variable)
    })

    it('a mistake that TypeScript says too counts once, and ours explains it', async () => {
      const { uri } = editor.document
      const error = vscode.DiagnosticSeverity.Error
      const isTypeScript = name.endsWith('.ts')
      await replace(editor, 'return (revenue - cost)', 'return (revenue - csot - cost)')
      const at = placeOf(editor.document, '$0csot - cost')
      const found = await eventually(vscode.languages.onDidChangeDiagnostics, () => {
        const there = vscode.languages.getDiagnostics(uri).filter(({ range }) => range.start.isEqual(at))
        const errors = there.filter(({ severity }) => severity === error)
        const ours = there.find((each) => codeOf(each) === 'MD024')
        return ours && errors.length === 1 && (errors[0] !== ours) === isTypeScript ? { ours, errors } : undefined
      })
      assert.match(found.ours.message, /Did you mean 'cost'\?/)
      assert.equal(found.errors[0]?.source, isTypeScript ? 'ts' : 'modeldriver')
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        found.ours.range,
        vscode.CodeActionKind.QuickFix.value,
      )
      assert.ok(actions.some(({ title }) => title === "Change to 'cost'"))
    })

    it("the outline is TypeScript's", async () => {
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        editor.document.uri,
      )
      assert.deepEqual(
        symbols.map(({ name: symbol }) => symbol),
        ['margin', 'total', 'share'],
      )
    })
  })

describe('beside the JSON service, in modeldriver.json', () => {
  before(async () => {
    await vscode.extensions.getExtension(json)?.activate()
  })
  afterEach(closeAll)

  let folders = 0
  const manifestOf = async (model: string): Promise<vscode.TextEditor> => {
    const folder = `beside manifest ${folders++}`
    await openShop(folder)
    const uri = workspaceUri('host', folder, 'modeldriver.json')
    const text = `{
  "models": [
    { "model_name": "shop", "features": "shop.features.ts", "data": "shop.csv", ${model} }
  ]
}
`
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text))
    return open(uri)
  }

  const columns = ['pin', 'revenue', 'cost']
  const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['a key', '"group_by": "$0"', '"group_by": "$0"', [...columns, 'margin']],
    [
      'an output of a list',
      '"group_by": "pin", "outputs": ["total", "$0"]',
      '"total", "$0"',
      ['margin', 'share', ...columns],
    ],
    ['a value without quotes', '"group_by": $0', '"group_by": $0', [...columns, 'margin']],
    ['a level', '"kinds": { "$0" }', '"kinds": { "$0"', ['margin', 'total', 'share']],
    ['a column', '"columns": { $0 }', '"columns": { $0', columns],
    ['a header', '"columns": { "sales": { "from": "$0" } }', '"from": "$0"', columns],
  ]
  for (const [what, model, place, ours] of cases)
    it(`completion of ${what}: ours, and nothing twice`, async () => {
      const editor = await manifestOf(model.replace('$0', ''))
      const items = await completions(editor, place)
      const found = bare(items)
      assert.deepEqual(
        ours.filter((name) => !found.includes(name)),
        [],
        found.join(' '),
      )
      assert.deepEqual(
        found.filter((name, index) => found.indexOf(name) !== index),
        [],
        found.join(' '),
      )
    })

  it('completion of what the schema knows is left to the JSON service', async () => {
    const editor = await manifestOf('"kinds": { "total": "" }')
    assert.deepEqual(
      bare(await completions(editor, '"total": "$0"')).filter((label) => label !== ''),
      ['group', 'row'],
    )
    await replace(editor, '"kinds"', '""')
    const names = bare(await completions(editor, ' "$0": {'))
    assert.ok(names.includes('group_by') && names.includes('outputs'), names.join(' '))
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    )
  })

  it('an accepted column stands in its quotes', async () => {
    const editor = await manifestOf('"group_by": ')
    const [item] = (await completions(editor, '"group_by": $0')).filter((each) => labelOf(each) === 'pin')
    assert.equal(item?.insertText, '"pin"')
  })

  it('hover has the meaning of the word from the schema, and what the name stands for from us', async () => {
    const editor = await manifestOf('"group_by": "pin"')
    const found = await hovers(editor, '"group_by": "p$0in"')
    assert.equal(count(found, /column of shop\.csv/), 1, found.join('\n---\n'))
    assert.equal(count(found, /Key of the groups/), 1, found.join('\n---\n'))
  })
})
