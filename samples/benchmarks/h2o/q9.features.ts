// Question 9: regression v1 by v2, by id2 and id4.

/** How much of one value the other explains: the square of their correlation. */
export function r2(v1, v2) {
  return v1.corr(v2) ** 2
}
