import type { FeatureRef } from '@modeldriver/protocol'
import { FileChangeType, type Position } from 'vscode-languageserver/node'
import type { HierarchyItem } from '../ide/call-hierarchy.ts'
import type { Subject } from '../ide/completion/list.ts'
import type { FileEvent } from './folders.ts'

/** `{ uri }` of a request from outside. Throws when it is something else. */
export function uriParam(params: unknown): string {
  const { uri } = record(params)
  if (typeof uri !== 'string') throw new Error("The request needs a 'uri'.")
  return uri
}

/** `{ position }` of a request from outside, if it has one. */
export function positionParam(params: unknown): Position | undefined {
  const { line, character } = record(record(params).position)
  return typeof line === 'number' && typeof character === 'number' ? { line, character } : undefined
}

/** The optional `{ data }` of a request from outside: another address. */
export function dataParam(params: unknown): string | undefined {
  const { data } = record(params)
  return typeof data === 'string' ? data : undefined
}

/** `{ uri, feature }` of a request from outside. Throws when it is something else. */
export function featureRef(params: unknown): FeatureRef {
  const { feature } = record(params)
  if (typeof feature !== 'string') throw new Error("The request needs a 'feature'.")
  return { uri: uriParam(params), feature }
}

/** `{ update: true }`: only what is there already is wanted. */
export const isUpdateOnly = (params: unknown): boolean => record(params).update === true

export function toFileEvent(type: FileChangeType): FileEvent {
  if (type === FileChangeType.Created) return 'created'
  return type === FileChangeType.Deleted ? 'deleted' : 'changed'
}

/** Whether the options that a client starts the server with are those of ModelDriver's own. */
export const hasOwnClient = (options: unknown): boolean => record(options).commands === true

/** What completion items carry for themselves; undefined when it is something else. */
export function completionData(data: unknown): { readonly uri: string; readonly subject: Subject } | undefined {
  const { uri, subject } = record(data)
  const { kind, model, name, code } = record(subject)
  if (typeof uri !== 'string') return undefined
  if (kind === 'rule' && typeof code === 'string') return { uri, subject: { kind, code } }
  if (kind === 'name' && typeof model === 'string' && typeof name === 'string')
    return { uri, subject: { kind, model, name } }
  return undefined
}

/** What items of call hierarchies carry for themselves. */
export interface ItemData extends Pick<HierarchyItem, 'kind' | 'of'> {
  readonly project: string
}

/** The same when it comes back; undefined when it is something else. */
export function hierarchyData(data: unknown): ItemData | undefined {
  const { project, kind, of } = record(data)
  const { model, name } = record(of)
  if (typeof project !== 'string' || typeof kind !== 'string') return undefined
  const item = { project, kind: kind as ItemData['kind'] }
  return typeof model === 'string' && typeof name === 'string' ? { ...item, of: { model, name } } : item
}

const record = (params: unknown): Readonly<Record<string, unknown>> =>
  typeof params === 'object' && params !== null ? { ...params } : {}
