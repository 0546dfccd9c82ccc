import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cell, executeModel, type FeatureFunction, type ModelResult, type Table } from '@modeldriver/engine'
import * as library from '@modeldriver/engine/functions'
import { describe, expect, test } from 'vitest'
import { readText } from '../../runner/src/files/header.ts'
import { createLoader } from '../../runner/src/load/modules.ts'
import { withAliases } from '../../runner/src/run/shape.ts'
import { type ModelRun, runProject } from '../../runner/src/run.ts'
import { isSame, printed } from './ways.ts'

/**
 * Every sample with its functions called and with code generated from what the analysis says that they mean. That the functions give
 * what DuckDB gives is held by `test/samples.test.ts`.
 */

const samples = fileURLToPath(new URL('../../samples/', import.meta.url)).replaceAll('\\', '/')
const projects = readdirSync(samples, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /(?:^|\/)modeldriver\.json$/.test(file) || file === 'property/property.features.ts')

/** The model again, each formula as generated code; plain aggregates are streaming loops either way. */
function generated({ analysed, plan, input, joined }: ModelRun): ModelResult {
  const loader = createLoader()
  const functionOf = (name: string): FeatureFunction => {
    const feature = analysed.features.get(name)
    const made = printed(feature)
    if (made) return made
    const { exports } = loader.load(feature?.path ?? '', { readText, library, timeoutMs: 60_000 })
    return exports[feature?.exportName ?? ''] as FeatureFunction
  }
  const others = plan.joins?.map(({ join }) => joined.get(join)?.table as Table)
  const host = { functionOf, now: () => 0 }
  return executeModel(plan, analysed.features, withAliases(input.table, plan), host, others)
}

function differences(one: Table, other: Table | undefined): readonly unknown[] {
  expect(other?.length).toBe(one.length)
  return [...one.columns].flatMap(([name, column]) => {
    const there = other?.columns.get(name)
    const at = Array.from({ length: one.length }, (_, row) => row).find(
      (row) => !there || !isSame(cell(column, row), cell(there, row)),
    )
    return at === undefined ? [] : [{ name, at, called: cell(column, at), generated: there && cell(there, at) }]
  })
}

test('there are samples', () => expect(projects.length).toBeGreaterThan(3))

describe.each(projects)('samples/%s', (project) => {
  test('called and generated', async () => {
    const { models, problems } = await runProject({ project: samples + project, allFeatures: true })
    expect(problems).toEqual([])
    let formulas = 0
    for (const model of models) {
      const { result } = model
      const again = generated(model)
      formulas += [...model.analysed.features.values()].filter(({ body }) => body.kind === 'expression').length
      expect(differences(result.rows, again.rows)).toEqual([])
      if (result.groups) expect(differences(result.groups, again.groups)).toEqual([])
    }
    expect(formulas).toBeGreaterThan(models.length)
  }, 120_000)
})
