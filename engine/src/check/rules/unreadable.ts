import type { FeatureFile } from '../../ir/feature.ts'
import type { Span } from '../../ir/span.ts'

/** Whether something in a function, or right behind it, is no valid code: it is being written, so its body says nothing yet. */
export const isUnreadable = ({ syntaxErrors }: FeatureFile, { start, end }: Span): boolean =>
  syntaxErrors?.some(({ span, after }) => span.end >= start && after <= end + 1) ?? false
