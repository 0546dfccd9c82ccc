import { commentsIn, outlineOf } from '../source/typescript/outline.ts'
import type { CodeFile } from './code.ts'

/** What stands in a file and not in the text that comes in its place: the first comment, or helper. Markers are written anew. */
export function lostIn({ path, text }: CodeFile, after: string): string | undefined {
  const isMarker = (comment: string) => /^\/[/*]\s*#\s*(?:agg|row)\s*(?:\*\/)?$/.test(comment)
  const comment = commentsIn(path, text).find((each) => !isMarker(each) && !after.includes(each))
  if (comment !== undefined) return `the comment '${comment.length > 60 ? `${comment.slice(0, 59)}…` : comment}'`
  const kept = new Set(outlineOf(path, after).flatMap(({ declares }) => declares))
  const helper = outlineOf(path, text)
    .flatMap(({ declares, imports }) => (imports ? [] : declares))
    .find((name) => !kept.has(name))
  return helper === undefined ? undefined : `'${helper}'`
}
