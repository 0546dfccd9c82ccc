import type { FeatureFile, RejectedFeature } from '../../ir/feature.ts'
import type { Finding, RuleContext } from '../rule.ts'
import { isUnreadable } from './unreadable.ts'

/** Findings for what the front end could not accept as a feature for one reason. */
export function* rejectedAs(
  reason: RejectedFeature['reason'],
  { models, snapshot }: RuleContext,
  message: (text: string) => string,
): Iterable<Finding> {
  for (const { model } of models) {
    for (const path of model.featureFiles) {
      const file = snapshot.files.get(path)
      for (const rejected of file?.rejected ?? []) {
        if (rejected.reason === reason && !isUnreadable(file as FeatureFile, rejected.span))
          yield { message: message(rejected.text), path, span: rejected.span, model: model.name }
      }
    }
  }
}
