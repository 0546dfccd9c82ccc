// Growth and retention from week to week. A week without visits is no group: the week before is the last one with visits.

// One value per week

/** Money taken, from members and guests. */
export const revenue = (amount) => amount.sum()

/** Growth of the revenue over the week before, in per cent. */
export const revenue_growth = (revenue) => (revenue / revenue.lag(1) - 1) * 100

/** Mean revenue of four weeks, this one and the three before; none before there are four. */
export const revenue_4_weeks = (revenue) => revenue.rolling(4, 4).mean()

/** Revenue since the beginning. */
export const revenue_so_far = (revenue) => revenue.cumsum()

/** Place among the weeks, 1 for the least revenue. */
export const place = (revenue) => revenue.rank()

/** Members who came. */
export const active_members = (member) => member.nunique()

/** Members who came for the first time ever. */
export const new_members = (is_new) => is_new.sum()

/** Members who came and had come in the week before, too. */
export function retained(member) {
  const before = member.previous()
  return member.unique().filter((id) => before.includes(id)).length
}

/** Members of the week before who did not come. */
export function lost(member) {
  return member
    .previous()
    .unique()
    .filter((id) => !member.includes(id)).length
}

/** Members who came back after at least a week without a visit. */
export const came_back = (active_members, new_members, retained) => active_members - new_members - retained

/** Which part of the members of the week before came again, in per cent. */
export const retention_rate = (retained, active_members) => (retained / active_members.lag(1)) * 100

/** Members of two weeks before who came, in per cent of those. */
export function retention_2_weeks(member) {
  const before = member.previous(2)
  return (before.unique().filter((id) => member.includes(id)).length / before.nunique()) * 100
}

/** Growth and retention as a sentence. */
export const report = (revenue_growth, retention_rate) =>
  `revenue ${revenue_growth < 0 ? 'down' : 'up'} ${Math.abs(revenue_growth).toFixed(1)} %, ${retention_rate.toFixed(0)} % of the members came again`

// One value per visit

/** Which part of the week's revenue the visit is, in per cent. */
export const share_of_week = (amount, revenue) => (amount / revenue) * 100
