// The door to what needs TypeScript's declarations of the language: they are loaded only by those who ask for them here.
export { Cancelled, makeTypeChecker, type TypeChecker, type TypeFinding } from './checker.ts'
export { libraryTexts } from './libraries.ts'
