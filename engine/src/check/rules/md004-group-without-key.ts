import type { Feature } from '../../ir/feature.ts'
import { atFeature, type Rule } from '../rule.ts'

/** MD004: a group feature in a model that has no groups. Features that are group level only because of their inputs are not roots. */
export const groupWithoutKey: Rule = {
  code: 'MD004',
  name: 'group-without-key',
  severity: 'error',
  doc: `A group feature gives one value per group, but the model has no \`group_by\`, so there are no groups.

**What to do:** say the key: \`"group_by": "pin"\` in modeldriver.json, or \`// group_by: pin\` in the first comment of a feature file
without a manifest. \`"group_by": []\` makes the whole table one group. If the feature is meant per row, mark it \`//#row\`.`,
  *check({ models }) {
    for (const analysed of models) {
      const { model, features, levels, columns } = analysed
      if (model.groupBy) continue
      const isGroup = (name: string) => !columns?.has(name) && levels.get(name)?.level === 'group'
      for (const [name, decision] of levels) {
        const feature = features.get(name) as Feature
        const inherited = decision.rule === 'result' && feature.inputs.some((input) => isGroup(input.name))
        if (decision.level !== 'group' || inherited) continue
        const marker = feature.directives[0]
        yield {
          ...atFeature(
            analysed,
            feature,
            feature.nameSpan,
            `'${name}' is a group feature, but model '${model.name}' has no group_by.`,
          ),
          related: [
            {
              path: feature.path,
              span: marker?.span ?? feature.nameSpan,
              message: `it is a group feature: ${decision.why}`,
            },
          ],
        }
      }
    }
  },
}
