// group_by: pin

const years_until_old = 60
const millis_per_day = 24 * 60 * 60 * 1000

/** Age of the building in full years; the year of the report can be set. */
export function age(year_built, report_year = 2025) {
  return report_year - year_built
}

/** Time in which the building was made: prewar before 1940, postwar before 1980, then modern; none when nobody knows. */
export function era(year_built) {
  if (year_built == null) return 'unknown'
  if (year_built < 1940) return 'prewar'
  return year_built < 1980 ? 'postwar' : 'modern'
}

/** Whether people live there: the classes that begin with 2. */
export function is_residential(building_class) {
  return building_class.startsWith('2-')
}

/** The words of the class, without its number. */
export function class_name(building_class) {
  return building_class.slice(5).toLowerCase()
}

/** Part of the land that the building takes, in percent; none without land of its own. */
export function lot_coverage(building_area, land_area) {
  return (building_area / land_area) * 100
}

/** Whether the price says something: sales among relatives are booked at a price of one. */
export function at_market(sale_price) {
  return sale_price > 1
}

/** Year of the sale. */
export function sale_year(sale_date) {
  return sale_date.getUTCFullYear()
}

/** Price per square foot of building, of market sales. */
export function price_per_area(sale_price, building_area, at_market) {
  return at_market ? sale_price / building_area : null
}

/** Number of sales at market prices. */
export function market_sales(at_market) {
  return at_market.sum()
}

/** The middle one of the prices of market sales. */
export function median_price(sale_price, at_market) {
  return sale_price.filter(at_market).median()
}

/** The middle one of the prices per square foot. */
export function median_price_per_area(price_per_area) {
  return price_per_area.median()
}

/** Day of the latest sale. */
export function last_sale(sale_date) {
  return sale_date.max()
}

/** Price at the latest sale. */
export function last_price(sale_price, sale_date) {
  return sale_price[sale_date.argmax()]
}

/** The parcel's value for taxes. */
export function assessed(assessed_value) {
  return assessed_value.max()
}

/** Value for taxes as a share of the median price; above 1 the owner may want to appeal. */
export function assessment_ratio(assessed, median_price) {
  return assessed / median_price
}

/** Advice for the owner: appeal above 1.1, fair above 0.9, else low; none without market sales or value for taxes. */
export function advice(assessment_ratio) {
  if (assessment_ratio == null) return 'none'
  return assessment_ratio > 1.1 ? 'appeal' : assessment_ratio > 0.9 ? 'fair' : 'low'
}

/** Whether the building is known to be older than 60 years, so that it needs an inspection. */
export function needs_inspection(age) {
  return age.max() > years_until_old
}

/** Sale price as a multiple of the parcel's median price. */
export function price_vs_median(sale_price, median_price, at_market) {
  return at_market ? sale_price / median_price : null
}

/** Longest time between two sales, in days; the rows of a parcel stand in the order of its sales. */
export function longest_hold(sale_date) {
  //#agg
  let longest = 0
  for (let i = 1; i < sale_date.length; i++) {
    longest = Math.max(longest, sale_date[i] - sale_date[i - 1])
  }
  return longest > 0 ? longest / millis_per_day : null
}
