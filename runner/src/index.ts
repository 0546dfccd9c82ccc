// The library's door: `import { ModelDriver, ModelPipeline } from 'modeldriver'`.
export {
  DependencyResolver,
  type FeatureBatch,
  type FeatureOptions,
  type JoinConfig,
  type ModelDriverConfig,
  ModelError,
  type ModelProblem,
  type ModelTables,
  type NamedTables,
  type Names,
  type RegisteredFeature,
} from '@modeldriver/engine'
/** What feature files import, so that tests of them can too. */
export * from '@modeldriver/engine/functions'
export {
  type DriverExecuteOptions,
  FeatureRegistry,
  type FileTables,
  ModelDriver,
  ModelPipeline,
  type ModelsOptions,
  type PipelineOptions,
  type PipelineTables,
} from './library.ts'
