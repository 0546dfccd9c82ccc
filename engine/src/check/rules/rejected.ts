import type { RejectedFeature } from '../../ir/feature.ts'
import type { Finding, RuleContext } from '../rule.ts'

/** Findings for what the front end could not accept as a feature for one reason. */
export function* rejectedAs(
  reason: RejectedFeature['reason'],
  { models, snapshot }: RuleContext,
  message: (text: string) => string,
): Iterable<Finding> {
  for (const { model } of models) {
    for (const path of model.featureFiles) {
      for (const rejected of snapshot.files.get(path)?.rejected ?? []) {
        if (rejected.reason === reason)
          yield { message: message(rejected.text), path, span: rejected.span, model: model.name }
      }
    }
  }
}
