import { relative } from '../../model/paths.ts'
import { inManifest, type Rule } from '../rule.ts'

/** MD026: the data file cannot be read. */
export const dataUnreadable: Rule = {
  code: 'MD026',
  name: 'data-unreadable',
  severity: 'error',
  doc: `The data file of a model cannot be read: it is not there, it is no table, or its format is not known.

**What to do:** correct the path (it is seen from the folder of modeldriver.json) or the file. While the file cannot be read, inputs
are not checked.`,
  *check(context) {
    const { project, headers } = context.snapshot
    for (const { model } of context.models) {
      if (model.input.kind !== 'file') continue
      const header = headers.get(model.input.path)
      if (header?.kind !== 'unreadable') continue
      const message = `Cannot read ${relative(project.root, model.input.path)}: ${header.reason}.`
      yield { ...inManifest(context, model.input.span, message), model: model.name }
    }
  },
}
