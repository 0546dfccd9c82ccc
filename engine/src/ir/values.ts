/** Column types: the Frictionless Table Schema names. Dates are UTC; `date` has no time of day. */
export type ValueType = 'number' | 'integer' | 'string' | 'boolean' | 'date' | 'datetime'

/** One cell as plain data. `null` is missing; dates are epoch milliseconds. */
export type Value = number | string | boolean | null
