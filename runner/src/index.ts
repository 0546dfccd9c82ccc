// The library's door: `import { ModelDriver, ModelPipeline } from 'modeldriver'`.
import { functions } from '@modeldriver/engine'

export { type FeatureBatch, type ModelDriverConfig, ModelError, type ModelTables } from '@modeldriver/engine'
export { ModelDriver, ModelPipeline, type PipelineOptions, type PipelineTables } from './library.ts'

/** What feature files import, so that tests of them can too. */
export const {
  Column,
  all,
  any,
  argmax,
  argmin,
  clip,
  coalesce,
  count,
  day,
  daysBetween,
  first,
  hour,
  isMissing,
  isoWeek,
  isWeekend,
  last,
  max,
  mean,
  median,
  min,
  mode,
  month,
  monthsBetween,
  nunique,
  quantile,
  quarter,
  round,
  std,
  sum,
  variance,
  weekday,
  year,
} = functions
