import { replace } from '../edits.ts'
import type { Rule } from '../rule.ts'

/** MD034: the file is no valid TypeScript or JavaScript, so it cannot be loaded or run. Editors hear it from their own language service. */
export const syntaxError: Rule = {
  code: 'MD034',
  name: 'syntax-error',
  severity: 'error',
  doc: `The file is not valid TypeScript or JavaScript. What can be read is still checked, but the file cannot be loaded, so none of its
features can be computed. In the editor TypeScript's own message stands at the place.

The same holds for what the language refuses though it can be read: a name that is declared twice in one block, a \`const\` that is changed, a variable
that is used above its declaration, an \`export\` inside a function because the \`}\` above it is missing.

What Python or a spreadsheet would say (\`def\`, \`and\`, \`elif\`, \`<>\`) is told with what to write here, in the editor too.

**What to do:** the message says what is missing or too much there.`,
  *check({ models, snapshot }) {
    for (const { model } of models) {
      for (const path of model.featureFiles) {
        const [first] = snapshot.files.get(path)?.syntaxErrors ?? []
        if (!first) continue
        const { message, span, kind } = first
        yield {
          message: kind ? message : `This cannot be read: ${message}`,
          path,
          span,
          model: model.name,
          ...((kind === 'deep' || kind === 'habit') && { data: { isOurs: true } }),
        }
      }
    }
  },
  *fixes({ snapshot }, { path, span }) {
    const error = snapshot.files.get(path)?.syntaxErrors?.find((each) => each.span.start === span.start)
    const { fix } = error ?? {}
    if (fix) yield { title: fix.title, edits: [replace(path, fix.span, fix.text)], isPreferred: true }
  },
}
