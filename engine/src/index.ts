// The one public door of the engine.
export { analyse } from './check/analyse.ts'
export * from './check/edits.ts'
export { type FixFiles, fixesOf } from './check/fixes.ts'
export { helpOf } from './check/help.ts'
export { ignoreFix } from './check/ignoring.ts'
export { removeFromModel } from './check/manifestEdits.ts'
export { type Marker, type Unmarked, unmarkedFeatures } from './check/migration.ts'
export { findProblems } from './check/problems.ts'
export { cycleInFull } from './check/rules/md002-cycle.ts'
export { keylessInAll } from './check/rules/md004-group-without-key.ts'
export { textOrderMessage } from './check/rules/md039-text-order.ts'
export { rules } from './check/rules.ts'
export { columnsOfTable, nameIn } from './check/tables.ts'
export { parameterType } from './check/valueTypes.ts'
export { Column } from './compute/column.ts'
export { executeModel } from './compute/execute.ts'
export type * from './compute/host.ts'
export { KeyMismatch, matchRows, repeatedKey, repeatedKeyText } from './compute/join.ts'
export type * from './compute/memory.ts'
export { type BufferPool, bufferPool } from './compute/pool.ts'
export type * from './compute/report.ts'
export type { JoinConfig, ModelDriverConfig, NamedTables } from './driver/config.ts'
export { functionOf, type Names, namesOf, valueText, withWords } from './driver/given.ts'
export * from './driver/graph.ts'
export * from './driver/modelDriver.ts'
export { type NewProject, type NewProjectSources, newProject } from './driver/newProject.ts'
export { tsconfig } from './driver/newProjectTexts.ts'
export { checkedModels, executeModels } from './driver/pipeline.ts'
export { printPlan } from './driver/print.ts'
export * from './driver/registry.ts'
export * from './driver/resolver.ts'
export { FilterError, rowsWhere } from './driver/rowFilter.ts'
export { version } from './driver/version.ts'
export { present } from './functions/values.ts'
export type * from './ir/analysis.ts'
export { children as expressionParts } from './ir/children.ts'
export type * from './ir/edit.ts'
export * from './ir/expression.ts'
export type * from './ir/feature.ts'
export type * from './ir/level.ts'
export type * from './ir/model.ts'
export type * from './ir/plan.ts'
export type * from './ir/problem.ts'
export type * from './ir/sites.ts'
export type * from './ir/span.ts'
export type * from './ir/values.ts'
export { isReadWhole } from './ir/windows.ts'
export { dataEndings, hasHeaderRow, isDataFile, isWorkbook } from './model/dataFiles.ts'
export { isFeatureFile, isManifest, isSkippedFolder, manifestName } from './model/featureFiles.ts'
export type * from './model/files.ts'
export { headerFor, headerOfColumn, joinReading, ownReading } from './model/headers.ts'
export { readManifest } from './model/manifest.ts'
export { type ManifestCursor, manifestCursor } from './model/manifestCursor.ts'
export { appendProperty, inlineJson, prependProperty } from './model/manifestInsert.ts'
export {
  type ManifestFile,
  type ManifestName,
  type ManifestRole,
  manifestNames,
  manifestPaths,
} from './model/manifestNames.ts'
export { keyAt, type ManifestPath, pathOfModel, valueAt } from './model/manifestPlaces.ts'
export { moduleCandidates } from './model/modules.ts'
export { cleanHeader, identifierOf, matchColumn, matchHeader } from './model/names.ts'
export { basename, dirname, join, pathFrom, relative } from './model/paths.ts'
export { findAllProjects, findProject, findProjects, openProject, replaceFile } from './model/project.ts'
export { closest } from './model/suggest.ts'
export { kinds, manifestWords, severities, valueTypes } from './model/words.ts'
export { blockedFeatures } from './plan/blocked.ts'
export { columnsJoined, columnsRead, placedOutputs, planModel, planPipeline } from './plan/plan.ts'
export { planWithout } from './plan/without.ts'
export * from './registry/index.ts'
export { decideFeatures } from './source/decide.ts'
export { isIdentifier, isReserved, isVariableName, propertyText } from './source/identifiers.ts'
export { decideLevel } from './source/levels.ts'
export type * from './source/names.ts'
export { printExpression } from './source/print.ts'
export type * from './source/reader.ts'
export { type InputPlace, inputPlaceAt } from './source/typescript/inputPlace.ts'
export { type DeclarationCode, type ModuleCode, moduleCode } from './source/typescript/moduleCode.ts'
export { typeScriptNames } from './source/typescript/names.ts'
export { type OutlinePart, outlineOf } from './source/typescript/outline.ts'
export { typeScriptReader } from './source/typescript/reader.ts'
export { fromArquero, toArquero } from './table/arquero.ts'
export { columnOf } from './table/build.ts'
export {
  cell,
  cellObject,
  columnLength,
  head,
  makeTable,
  missingCount,
  pickColumns,
  rowOf,
  takeCells,
  takeRows,
} from './table/columns.ts'
export { type Again, type DelimitedOptions, delimitedReader, readDelimited } from './table/csv.ts'
export { dateReader } from './table/datePattern.ts'
export { factsOf, headerWithFacts } from './table/facts.ts'
export { declaredType, inexactNote, type ReadColumn } from './table/infer.ts'
export { type JsonOptions, jsonReader, readJson } from './table/json.ts'
export { misordered } from './table/numbered.ts'
export { mayBeWanted, namesOnce, type ReadTable, specsByHeader, type Wanted } from './table/reading.ts'
export type * from './table/table.ts'
export { NoValue, type OwnColumns, readOwn, readTyped, TimeValue, type TypedColumn, textOf } from './table/typed.ts'
export type { TypeFinding } from './typecheck/checker.ts'
export { type ColumnMember, columnMembers } from './typecheck/columnMembers.ts'
export { declarationFile, declarationFileName } from './typecheck/declarationFile.ts'
export {
  columnDocumentation,
  type Documentation,
  documentationText,
  functionDocumentation,
} from './typecheck/documentation.ts'
export type { ShadowFile } from './typecheck/shadow.ts'
export { shadowProject } from './typecheck/shadowProject.ts'
export { typeProblems, withTypeProblems } from './typecheck/typeProblems.ts'
