// One value per cohort (group_by cohort): the customers whose first order was in the same quarter.

/** Number of customers who came in the quarter. */
export function customers_won(customer_id) {
  return customer_id.nunique()
}

/** Share of them who are still there. */
export function share_kept(churned) {
  return 1 - churned.mean()
}

/** How long they have been customers, in years, on average. */
export function years_known(tenure_days) {
  return tenure_days.mean() / 365.25
}

/** Share that stays from one year to the next, when as many leave in each. */
export function yearly_retention(share_kept, years_known) {
  return share_kept ** (1 / years_known)
}
