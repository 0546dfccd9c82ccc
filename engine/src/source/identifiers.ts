/** What can be written where a name is wanted, in feature files of TypeScript and JavaScript. */

const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public return ' +
    'static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
)

/** Letters, digits, `_` and `$`, not beginning with a digit: what a property may be called without quotes. */
export const isIdentifier = (name: string): boolean => /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name)

export const isReserved = (name: string): boolean => reserved.has(name)

/** What a variable, parameter or function may be called. */
export const isVariableName = (name: string): boolean => isIdentifier(name) && !isReserved(name)

/** A name where a property is named: in quotes when it must be. */
export const propertyText = (name: string): string =>
  isIdentifier(name) ? name : `'${name.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`
