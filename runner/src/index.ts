// The library's door: `import { ModelDriver, ModelPipeline } from 'modeldriver'`.
export {
  DependencyResolver,
  type FeatureBatch,
  type FeatureOptions,
  type ModelDriverConfig,
  ModelError,
  type ModelProblem,
  type ModelTables,
  type RegisteredFeature,
} from '@modeldriver/engine'
/** What feature files import, so that tests of them can too. */
export * from '@modeldriver/engine/functions'
export {
  type DriverExecuteOptions,
  FeatureRegistry,
  ModelDriver,
  ModelPipeline,
  type PipelineOptions,
  type PipelineTables,
} from './library.ts'
