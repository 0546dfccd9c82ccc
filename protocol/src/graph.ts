import type { Place } from './place.ts'

/** The pipeline as the graph view draws it. Node ids: `<model>/<name>`, model cards `<model>`; of a column with the name of a feature `<model>/<name> (column)`. */
export interface GraphView {
  readonly project: string
  readonly title: string
  readonly revision: number
  readonly lanes: readonly GraphLane[]
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** Each cycle as node ids, in dependency order, without repeating the first. */
  readonly cycles: readonly (readonly string[])[]
  /** The model of the file that was asked about. */
  readonly current?: string
}

export interface GraphLane {
  readonly model: string
  readonly seq: number
  readonly groupBy?: readonly string[]
  /** Data file, or the model (and table) whose output it reads. */
  readonly input: string
}

export interface GraphNode {
  readonly id: string
  readonly name: string
  readonly model: string
  readonly kind: 'column' | 'row' | 'group' | 'constant' | 'model'
  readonly type?: string
  readonly why?: string
  readonly isKey?: boolean
  readonly doc?: string
  /** For a model card: its output ports. */
  readonly ports?: readonly string[]
  readonly problems: readonly { readonly severity: string; readonly code: string; readonly message: string }[]
  readonly place?: Place
}

export interface GraphEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  /** Port of a model card at which the edge starts or ends. */
  readonly fromPort?: string
  readonly toPort?: string
  readonly inCycle: boolean
}
