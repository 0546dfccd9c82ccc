import { basename, relative } from '../../model/paths.ts'
import { setInModel, valuePlace } from '../manifestEdits.ts'
import { inManifest, type Rule } from '../rule.ts'

/** MD040: a feature file stands beside those of a model, and no model reads it. */
export const unreadFile: Rule = {
  code: 'MD040',
  name: 'unread-file',
  severity: 'warning',
  doc: `A feature file stands in the folder of a model's feature files, and no pattern of \`features\` matches it: it was written or renamed, and
the manifest does not know. None of its features is computed. A file with data of the same name beside it is a project by itself and is not meant.

\`\`\`jsonc
"features": ["daily.features.ts"]   // margins.features.ts, in the same folder, is in no model
\`\`\`

**What to do:** add the file to \`features\`, or name all of them (\`"features": ["*.features.ts"]\`); one that belongs to no model stands better in
another folder.`,
  *check(context) {
    const { root, unread = [] } = context.snapshot.project
    for (const { path, beside, model: name } of unread) {
      const model = context.models.find((each) => each.model.name === name)?.model
      const message = `No model reads "${relative(root, path)}": "features" does not match it, as it does "${basename(beside)}" in the same folder.`
      if (model)
        yield {
          ...inManifest(context, valuePlace(context, model, ['features']), message),
          model: name,
          data: { file: relative(root, path) },
        }
    }
  },
  *fixes(context, problem) {
    const model = context.models.find((each) => each.model.name === problem.model)?.model
    const file = problem.data?.file
    if (model && typeof file === 'string')
      yield {
        title: `Add '${file}' to the files of '${model.name}'`,
        edits: setInModel(context, model, ['features', -1], file),
      }
  },
}
