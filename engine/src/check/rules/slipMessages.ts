import type { Slip } from '../../ir/sites.ts'
import { withAdvice } from '../valueTypes.ts'
import type { TextSlip } from './slipsOfTexts.ts'
import type { TruthSlip } from './slipTypes.ts'

/** What the code does really, and what to write. */
export function slipMessage(slip: Slip | TruthSlip | TextSlip): string {
  const { kind, by = '', instead } = slip
  const text = shown(slip.text)
  const write = instead === undefined ? '' : ` Write ${shown(instead)}.`
  switch (kind) {
    case 'set':
      return `'=' sets '${text}' to ${shown(by)} and compares nothing. To compare, write ${shown(instead ?? '')}.`
    case 'callback':
      return `'${text}' gives nothing for each value: in braces a value needs 'return'.${write}`
    case 'return':
      return `'return' ends at its line, so '${text}' is never calculated and nothing is returned. Write it on the line of 'return'.`
    case 'unused':
      return by === ''
        ? `Nobody takes the value of '${text}'. Return it, give it a name with const, or take it out.`
        : `'${text}' compares, and nobody takes the answer. To set the value, write ${shown(by)}.`
    case 'if':
      return `The ';' ends this 'if', so what follows is done whether '${text}' or not. Take out the ';'.`
    case 'power':
      return `'^' combines the bits of two numbers; a power is '**'.${write}`
    case 'alone':
      return aloneMessage(text, by, instead)
    case 'chain':
      return `'${text}' is true or false, and that is compared in '${shown(by)}'.${write}`
    case 'or':
      return `'|| ${text}' does not compare ${text} with '${shown(by)}'.${write}`
    case 'in':
      return `'in' asks for positions (0, 1, …), not for values.${write}`
    case 'nan':
      return `Nothing equals NaN, so this is always ${by.startsWith('!') ? 'true' : 'false'}.${write}`
    case 'truth':
      return truthMessage(text, slip as TruthSlip)
    case 'text':
      return `'${text}' ${(slip as TextSlip).does}`
    case 'place':
      return `'${text}' remembers where it found something, because of its flag '${flagOf(by)}', and goes on from there in the next row. Remove the ${flagOf(by)}.`
  }
}

function truthMessage(text: string, { clause, instead, advice }: TruthSlip): string {
  const message = `'${text}' ${clause}, and any text counts as true. Compare it: ${shown(instead ?? `${text} === '…'`)}.`
  return withAdvice(message, advice)
}

function aloneMessage(text: string, method: string, instead: string | undefined): string {
  if (instead !== undefined) return `Math.${method} takes single values, and '${text}' is a column. Write ${instead}.`
  const which = method === 'max' ? 'largest' : 'smallest'
  const column = /^[\w$]+$/.test(text) ? text : 'revenue'
  return `Math.${method} of one value is that value. For the ${which} of a group's rows, write ${column}.${method}() in a group feature; otherwise give it a second value.`
}

const flagOf = (regex: string): string => (/[gy](?=[a-z]*$)/.exec(regex) ?? ['g'])[0]

const longest = 60

/** On one line. */
function shown(code: string): string {
  const text = code.replace(/\s+/g, ' ')
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
