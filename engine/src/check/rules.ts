import type { Rule } from './rule.ts'
import { unknownInput } from './rules/md001-unknown-input.ts'
import { cycle } from './rules/md002-cycle.ts'
import { duplicateFeature } from './rules/md003-duplicate-feature.ts'
import { groupWithoutKey } from './rules/md004-group-without-key.ts'
import { unknownKey } from './rules/md005-unknown-key.ts'
import { aggregateOfScalar } from './rules/md006-aggregate-of-scalar.ts'
import { mixedLevel } from './rules/md007-mixed-level.ts'
import { sideEffect } from './rules/md008-side-effect.ts'
import { chainInput } from './rules/md009-chain-input.ts'
import { chainOrder } from './rules/md010-chain-order.ts'
import { parameterForm } from './rules/md012-parameter-form.ts'
import { asyncFeature } from './rules/md013-async-feature.ts'
import { nameless } from './rules/md014-nameless.ts'
import { shadowedColumn } from './rules/md015-shadowed-column.ts'
import { unknownOutput } from './rules/md016-unknown-output.ts'
import { unusedFeature } from './rules/md017-unused-feature.ts'
import { unusedInput } from './rules/md018-unused-input.ts'
import { typeMismatch } from './rules/md019-type-mismatch.ts'
import { kindByName } from './rules/md020-kind-by-name.ts'
import { kindConflict } from './rules/md021-kind-conflict.ts'
import { orphanMarker } from './rules/md022-orphan-marker.ts'
import { ambiguousColumn } from './rules/md023-ambiguous-column.ts'
import { undeclaredInput } from './rules/md024-undeclared-input.ts'
import { notTranslatable } from './rules/md025-not-translatable.ts'
import { dataUnreadable } from './rules/md026-data-unreadable.ts'
import { wrongResult } from './rules/md027-wrong-result.ts'
import { legacyFrame } from './rules/md028-legacy-frame.ts'
import { noReturn } from './rules/md029-no-return.ts'
import { badManifest } from './rules/md030-bad-manifest.ts'
import { joinNotUnique } from './rules/md031-join-not-unique.ts'
import { copyPaste } from './rules/md032-copy-paste.ts'
import { targetLeakage } from './rules/md033-target-leakage.ts'
import { syntaxError } from './rules/md034-syntax-error.ts'
import { badIgnore } from './rules/md035-bad-ignore.ts'
import { unknownImport } from './rules/md036-unknown-import.ts'
import { suspiciousCode } from './rules/md037-suspicious-code.ts'
import { oddHeader } from './rules/md038-odd-header.ts'
import { textOrder } from './rules/md039-text-order.ts'
import { unreadFile } from './rules/md040-unread-file.ts'

/** The catalogue, in the order of the codes. */
export const rules: readonly Rule[] = [
  unknownInput,
  cycle,
  duplicateFeature,
  groupWithoutKey,
  unknownKey,
  aggregateOfScalar,
  mixedLevel,
  sideEffect,
  chainInput,
  chainOrder,
  parameterForm,
  asyncFeature,
  nameless,
  shadowedColumn,
  unknownOutput,
  unusedFeature,
  unusedInput,
  typeMismatch,
  kindByName,
  kindConflict,
  orphanMarker,
  ambiguousColumn,
  undeclaredInput,
  notTranslatable,
  dataUnreadable,
  wrongResult,
  legacyFrame,
  noReturn,
  badManifest,
  joinNotUnique,
  copyPaste,
  targetLeakage,
  syntaxError,
  badIgnore,
  unknownImport,
  suspiciousCode,
  oddHeader,
  textOrder,
  unreadFile,
]
