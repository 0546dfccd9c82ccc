// The one public door of the engine.
export { analyse } from './check/analyse.ts'
export { rules } from './check/rules.ts'
export type * from './compute/host.ts'
export type * from './compute/report.ts'
export type * from './ir/analysis.ts'
export * from './ir/expression.ts'
export type * from './ir/feature.ts'
export type * from './ir/level.ts'
export type * from './ir/model.ts'
export type * from './ir/plan.ts'
export type * from './ir/problem.ts'
export type * from './ir/span.ts'
export type * from './ir/values.ts'
export type * from './model/files.ts'
export { cleanHeader, identifierOf } from './model/names.ts'
export { basename, dirname, join, relative } from './model/paths.ts'
export {
  findProject,
  findProjects,
  isFeatureFile,
  isManifest,
  manifestName,
  openProject,
  replaceFile,
} from './model/project.ts'
export { closest } from './model/suggest.ts'
export { blockedFeatures } from './plan/blocked.ts'
export { planModel, planPipeline } from './plan/plan.ts'
export type * from './table/table.ts'
