import { type DependencyGraph, dependencyGraph, type GraphFormat, printGraph } from '@modeldriver/engine'
import { analyseProject } from '../run.ts'
import { type Console, type ExitCode, exitCodes } from './console.ts'
import { projectsAt } from './target.ts'

/** Prints who needs whom: columns, features and models. */
export function graph(path: string, { format }: { readonly format: GraphFormat }, console: Console): ExitCode {
  const graphs = projectsAt(path).map((project) => dependencyGraph(analyseProject({ project })))
  const whole: DependencyGraph = {
    models: graphs.flatMap(({ models }) => models),
    nodes: graphs.flatMap(({ nodes }) => nodes),
    edges: graphs.flatMap(({ edges }) => edges),
  }
  console.out(`${printGraph(whole, format)}\n`)
  return exitCodes.ok
}
