import { helpOf, rules, type Severity, version } from '@modeldriver/engine'
import type { ProblemRecord, Range } from './problems.ts'

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
}

/** Problems as SARIF 2.1.0, which code hosts show beside the changed lines. `page` is the address of docs/problems.md. */
export function sarifOf(records: readonly ProblemRecord[], page: string): object {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'modeldriver', version, rules: rules.map((rule) => descriptor(rule, page)) } },
        columnKind: 'utf16CodeUnits',
        results: records.map(result),
      },
    ],
  }
}

function descriptor({ code, name, severity, doc }: (typeof rules)[number], page: string): object {
  const [first = name] = doc.split('\n\n')
  return {
    id: code,
    name: inOneWord(name),
    shortDescription: { text: first.replaceAll('\n', ' ') },
    help: { text: doc, markdown: doc },
    helpUri: helpOf(page, code),
    defaultConfiguration: { level: levels[severity] },
  }
}

/** `unknown-input` as SARIF's own checkers want names: UnknownInput. */
const inOneWord = (name: string): string => name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())

function result({ code, severity, message, file, range, model, feature, related }: ProblemRecord): object {
  return {
    ruleId: code,
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: physical(file, range) }],
    ...(related.length > 0 && {
      relatedLocations: related.map((place, id) => ({
        id,
        message: { text: place.message },
        physicalLocation: physical(place.file, place.range),
      })),
    }),
    properties: { model, feature },
  }
}

function physical(file: string, { start, end }: Range): object {
  const isAbsolute = /^(?:\/|[a-zA-Z]:\/)/.test(file)
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return {
    artifactLocation: { uri: isAbsolute ? `file://${uri.startsWith('/') ? '' : '/'}${uri}` : uri },
    region: {
      startLine: start.line + 1,
      startColumn: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    },
  }
}
