// Question 8: the largest two v3 by id6.

/** The largest v3. */
export function largest_v3(v3) {
  return v3.max()
}

/** The second largest v3; none where there is only one. */
export function second_v3(v3) {
  return v3.sort('descending')[1]
}
