import type { Fix } from '../ir/edit.ts'
import type { Feature } from '../ir/feature.ts'
import type { Problem } from '../ir/problem.ts'
import { startWithComments } from './edits.ts'
import { canBeIgnored } from './ignored.ts'
import type { FixContext } from './rule.ts'

/** A comment above a problem that says it is meant to be there; the reason is left to be typed. */
export function ignoreFix({ snapshot }: Pick<FixContext, 'snapshot'>, problem: Problem, text: string): Fix | undefined {
  const { code, path, span } = problem
  const file = snapshot.files.get(path)
  if (!canBeIgnored(code) || (!file && path !== snapshot.project.path)) return undefined
  const feature = file?.features.find((each) => each.span.start <= span.start && span.start <= each.span.end)
  const at = feature ? placeIn(feature, span.start, text) : lineStart(text, span.start)
  const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? ''
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n'
  const before = `${indent}// md-ignore ${code}: because `
  return {
    title: `Ignore ${code} here`,
    edits: [
      {
        path,
        span: { start: at, end: at },
        text: `${before}…${lineEnd}`,
        typeOver: { start: before.length, end: before.length + 1 },
      },
    ],
  }
}

/** Above the line in a body; above the whole feature for what stands in its first line, or inside a text of several lines. */
function placeIn(feature: Feature, at: number, text: string): number {
  const start = lineStart(text, at)
  const backticks = text.slice(feature.span.start, start).match(/`/g)?.length ?? 0
  if (start > feature.span.start && backticks % 2 === 0) return start
  return lineStart(text, startWithComments(feature, text))
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1
