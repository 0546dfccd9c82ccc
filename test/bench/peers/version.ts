import { readFileSync } from 'node:fs'

export function versionOf(library: string): string {
  return (JSON.parse(readFileSync(`node_modules/${library}/package.json`, 'utf8')) as { version: string }).version
}
