import { parseFixture } from '@modeldriver/engine/testing'
import { type Server, type ServerOptions, startServer } from './server.ts'

/** A server beside the files of a fixture (`//- /path` sections). */
export const serverFor = (fixture: string, options?: ServerOptions): Promise<Server> =>
  startServer(parseFixture(fixture).files, options)

/** Two models: turnover per shop, and a size from it. */
export const salesPipeline = `
//- /modeldriver.json
{
  "models": [
    { "model_name": "sales", "seq": 1, "features": ["sales.features.ts"], "data": "sales.csv", "group_by": "shop" },
    { "model_name": "score", "seq": 2, "features": ["score.features.ts"], "input": "sales.outputs" }
  ]
}
//- /sales.features.ts
/** Money that came in. */
export const revenue = (price, quantity) => price * quantity
export const turnover = (revenue) => revenue.sum() //#agg
//- /score.features.ts
export const size = (turnover) => (turnover > 100 ? 'large' : 'small')
//- /sales.csv
shop,price,quantity
a,2,3
b,5,1
`
