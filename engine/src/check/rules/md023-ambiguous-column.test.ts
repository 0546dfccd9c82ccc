import { ambiguousColumn } from './md023-ambiguous-column.ts'
import { testRule } from './testRule.ts'

const prices = `
//- /p.csv
Unit Price,unit-price,qty
1,2,3
//- /p.features.ts
`
const manifest = `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"], "data": "p.csv" }] }
${prices}`

const joined = (here: string, there: string, more = '') => `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv", "joins": [{ "from": "props.csv", "on": ["pin"]${more} }] }] }
//- /sales.csv
pin,${here}
a,1
//- /props.csv
pin,${there},region
a,2,3,north
//- /m.features.ts
`

testRule(ambiguousColumn, {
  fires: {
    'two headers could be meant': `${prices}
export function twice(unit_price) { return unit_price * 2 }
//                    ^^^^^^^^^^ MD023: 'unit_price' could be 'Unit Price' or 'unit-price' in p.csv. Say which one is meant: ({ 'Unit Price': unit_price }) instead of (unit_price).`,
    'with a manifest': `${manifest}
export const twice = (unit_price, qty = 1) => unit_price * qty
//                    ^^^^^^^^^^ MD023: Say which one is meant in modeldriver.json: "columns": { "unit_price": { "from": "Unit Price" } }.`,
    'in a pattern, and a bare parameter': `${prices}
export const twice = ({ unit_price, qty }) => unit_price * qty
//                      ^^^^^^^^^^ MD023: Say which one is meant: 'Unit Price': unit_price instead of unit_price.
export const half = unitPrice => unitPrice / 2
//                  ^^^^^^^^^ MD023`,
    'two columns that a join brings': `${joined('price', 'Area,AREA')}
export const k = (price, area) => price / area
//                       ^^^^ MD023: 'area' could be 'Area' or 'AREA' in props.csv. Say which one is meant: ({ price, Area: area }) instead of (price, area).`,
    'the same with types and a prefix': `${joined('price', 'Area,AREA', ', "prefix": "p_"')}
export const k = (price: number, p_area: number) => price / p_area
//                               ^^^^^^ MD023: 'p_area' could be 'p_Area' or 'p_AREA' in props.csv.`,
    'one column here and one that a join brings': `${joined('Area', 'AREA,other')}
export const k = (area) => area * 2
//                ^^^^ MD023: 'area' could be 'Area' in sales.csv or 'AREA' in props.csv. Say which one is meant in modeldriver.json: "columns": { "area": { "from": "Area" } }.`,
    'one column here, which a feature reads by its own name': `${joined('Area', 'AREA,other')}
export const k = (area) => area * 2
//                ^^^^ MD023: Say which one is meant: ({ Area: area }) instead of (area).
export const half = (Area) => Area / 2`,
    'with types only the whole model can be told': `${manifest}
export const twice = (unit_price: number, qty: number) => unit_price * qty
//                    ^^^^^^^^^^ MD023`,
  },
  silent: {
    'the manifest says which one': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"], "data": "p.csv",
  "columns": { "unit_price": { "from": "Unit Price" } } }] }
${prices}
export function twice(unit_price) { return unit_price * 2 }`,
    'by the header itself': `${prices}
export const twice = ({ 'Unit Price': price, 'unit-price': other }) => price + other`,
    'only one is alike': `
//- /p.csv
Unit Price,qty
1,2
//- /p.features.ts
export const twice = (unit_price) => unit_price * 2`,
  },
  fixes: [
    {
      title: "Let 'unit_price' be 'unit-price' in the whole model",
      before: `${manifest}export const twice = (unit_price) => unit_price * 2`,
      after: '"data": "p.csv", "columns": { "unit_price": { "from": "unit-price" } } }',
    },
    {
      title: "Let 'area' be 'AREA' in the whole model",
      before: `${joined('price', 'Area,AREA')}export const k = (price: number, area: number) => price / area`,
      after: '"on": ["pin"], "columns": ["AREA", "region"] }',
    },
    {
      title: "Let 'area' be 'AREA' in the whole model",
      before: `${joined('price', 'Area,AREA', ', "columns": ["AREA", "Area"]')}export const k = (price, area) => price / area`,
      after: '"columns": ["AREA"] }',
    },
    {
      title: "Read 'Unit Price' here",
      before: `${prices}export const twice = (unit_price, qty = 1) => unit_price * qty`,
      after: "({ 'Unit Price': unit_price, qty = 1 }) => unit_price * qty",
    },
    {
      title: "Read 'unit-price' here",
      before: `${prices}export const half = unitPrice => unitPrice / 2`,
      after: "({ 'unit-price': unitPrice }) => unitPrice / 2",
    },
    {
      title: "Read 'Unit Price' here",
      before: `${prices}export const twice = ({ unit_price, qty }) => unit_price * qty`,
      after: "({ 'Unit Price': unit_price, qty })",
    },
  ],
  offers: [
    {
      before: `${joined('Area', 'AREA,other')}export const k = (area) => area * 2`,
      titles: ["Let 'area' be 'Area' in the whole model", "Read 'Area' here", "Read 'AREA' here"],
    },
    {
      before: `${prices}export const twice = (unit_price: number) => unit_price * 2`,
      titles: [],
    },
  ],
})
