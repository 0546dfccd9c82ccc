// The door of this folder: features as plain code.
export { type CodeFile, type CodePart, type FeatureCode, featureCode, movedFile } from './code.ts'
export { addFeature, type Changed, removeFeature, replaceFeature } from './edit.ts'
