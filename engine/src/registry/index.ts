// The door of this folder: features as plain code.
export { type CodeFile, type CodePart, type FeatureCode, featureCode, movedFile } from './code.ts'
export { type Converted, type TableModel, tableToFeatures } from './convert.ts'
export { addFeature, type Changed, removeFeature, replaceFeature } from './edit.ts'
export { lostIn } from './lost.ts'
