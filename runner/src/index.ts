// The library's door: `import { ModelDriver, ModelPipeline } from 'modeldriver'`.
export { type FeatureBatch, type ModelDriverConfig, ModelError, type ModelTables } from '@modeldriver/engine'
/** What feature files import, so that tests of them can too. */
export * from '@modeldriver/engine/functions'
export { ModelDriver, ModelPipeline, type PipelineOptions, type PipelineTables } from './library.ts'
