import type { KnownColumn } from '../../ir/model.ts'
import { basename } from '../../model/paths.ts'
import { atFeature, type Rule } from '../rule.ts'

/** MD015: a feature with the name of an input column. */
export const shadowedColumn: Rule = {
  code: 'MD015',
  name: 'shadowed-column',
  severity: 'error',
  doc: `A feature has the name of a column of the data, so it would be ambiguous which of the two the others read. The column wins:
the feature is not computed.

**What to do:** give the feature a name of its own (\`cost_clean\`) and read that.`,
  *check({ models }) {
    for (const analysed of models) {
      for (const [name, feature] of analysed.features) {
        const column = analysed.columns?.get(name)
        if (!column) continue
        const { origin } = column
        const where = whereFrom(column)
        const self = feature.inputs.some((input) => input.name === name) ? ' and takes it as input' : ''
        yield {
          ...atFeature(
            analysed,
            feature,
            feature.nameSpan,
            `Feature '${name}' has the same name as a column of ${where}${self}, so '${name}' would be ambiguous. Rename it, for example to '${name}_clean'.`,
          ),
          ...(origin.kind === 'file' &&
            origin.span && { related: [{ path: origin.path, span: origin.span, message: `column '${name}'` }] }),
        }
      }
    }
  },
}

function whereFrom({ origin }: KnownColumn): string {
  switch (origin.kind) {
    case 'file':
      return basename(origin.path)
    case 'model':
      return `model '${origin.model}'`
    case 'frame':
      return `table function '${origin.frame}'`
    case 'manifest':
      return 'the manifest'
  }
}
