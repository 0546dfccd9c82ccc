import type { ProblemCode } from '../ir/problem.ts'

/** The section about a code; `page` is the address of docs/problems.md. */
export const helpOf = (page: string, code: ProblemCode): string => `${page}#${code.toLowerCase()}`
