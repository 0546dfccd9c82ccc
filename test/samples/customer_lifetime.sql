-- What every feature of samples/benchmarks/customer_lifetime means, written from their doc comments in another language, for another
-- engine. `data` is the path of orders.csv. One table per model and level; a column is named as the feature it checks.

CREATE TABLE orders AS
SELECT
  row_number() OVER () AS line,
  order_id,
  customer_id,
  strptime(ordered_at, '%Y-%m-%d %H:%M') AS ordered_at,
  amount::DOUBLE AS amount,
  cost::DOUBLE AS cost,
  channel
FROM read_csv(getvariable('data'), all_varchar = true, header = true, parallel = false);

CREATE TABLE orders_rows AS
SELECT line, amount - cost AS margin, amount < 0 AS is_return, ordered_at::DATE AS order_day FROM orders;

CREATE TABLE days AS
SELECT DISTINCT customer_id, ordered_at::DATE AS on_day FROM orders WHERE amount >= 0 AND customer_id IS NOT NULL;

CREATE TABLE pauses AS
SELECT customer_id, avg(pause) AS days_between_orders, max(pause)::DOUBLE AS longest_pause, count(*) - 1 AS repeats
FROM (SELECT customer_id, on_day - lag(on_day) OVER (PARTITION BY customer_id ORDER BY on_day) AS pause FROM days)
GROUP BY customer_id;

CREATE TABLE sums AS
SELECT
  customer_id,
  count(DISTINCT order_id) FILTER (amount >= 0) AS frequency,
  min(ordered_at) AS first_order,
  max(ordered_at) FILTER (amount >= 0) AS last_order,
  sum(amount) AS monetary,
  coalesce(sum(amount - cost), 0) AS total_margin,
  count(*) FILTER (amount < 0) AS returned,
  count(DISTINCT channel) AS channels_used
FROM orders
WHERE customer_id IS NOT NULL
GROUP BY customer_id;

CREATE TABLE customers_groups AS
WITH spans AS (
  SELECT
    *,
    epoch(TIMESTAMP '2026-01-01' - last_order) / 86400 AS recency_days,
    epoch(TIMESTAMP '2026-01-01' - first_order) / 86400 AS tenure_days,
    epoch(last_order - first_order) / 604800 AS last_seen_weeks
  FROM sums JOIN pauses USING (customer_id)
)
SELECT
  * EXCLUDE (returned),
  tenure_days / 7 AS age_weeks,
  monetary / frequency AS average_order_value,
  returned / frequency AS return_share,
  recency_days > coalesce(3 * days_between_orders, 182) AS churned,
  strftime(first_order, '%Y') || '-Q' || quarter(first_order) AS cohort,
  CASE
    WHEN repeats = 0 THEN 1
    ELSE 1 / (1 + 0.793::DOUBLE / (2.426::DOUBLE + repeats - 1)
      * pow((4.414::DOUBLE + tenure_days / 7) / (4.414::DOUBLE + last_seen_weeks), 0.243::DOUBLE + repeats))
  END AS probability_alive
FROM spans;

CREATE TABLE cohorts_groups AS
SELECT *, pow(share_kept, 1 / years_known) AS yearly_retention
FROM (
  SELECT
    cohort,
    count(*) AS customers_won,
    count(*) FILTER (NOT churned) / count(churned) AS share_kept,
    avg(tenure_days) / 365.25::DOUBLE AS years_known
  FROM customers_groups
  GROUP BY cohort
);

-- Equal values share the mean of their places.
CREATE MACRO fifth(smaller, equal) AS ceil((smaller + (equal + 1) / 2) / (SELECT count(*) FROM customers_groups) * 5);

CREATE TABLE scores AS
SELECT
  customer_id,
  6 - fifth(
    (SELECT count(*) FROM customers_groups b WHERE b.recency_days < a.recency_days),
    (SELECT count(*) FROM customers_groups b WHERE b.recency_days = a.recency_days)
  ) AS r_score,
  fifth(
    (SELECT count(*) FROM customers_groups b WHERE b.frequency < a.frequency),
    (SELECT count(*) FROM customers_groups b WHERE b.frequency = a.frequency)
  ) AS f_score,
  fifth(
    (SELECT count(*) FROM customers_groups b WHERE b.monetary < a.monetary),
    (SELECT count(*) FROM customers_groups b WHERE b.monetary = a.monetary)
  ) AS m_score
FROM customers_groups a;

-- Customers stand in the order of their first lines.
CREATE TABLE worth AS
SELECT
  row_number() OVER (ORDER BY (SELECT min(line) FROM orders WHERE orders.customer_id = c.customer_id)) AS line,
  c.*,
  s.* EXCLUDE (customer_id),
  total_margin / greatest(0.25::DOUBLE, tenure_days / 365.25::DOUBLE) AS margin_per_year,
  yearly_retention / (1.1::DOUBLE - yearly_retention) AS multiple
FROM customers_groups c JOIN scores s USING (customer_id) LEFT JOIN cohorts_groups USING (cohort);

CREATE TABLE value_rows AS
SELECT
  line,
  r_score,
  f_score,
  m_score,
  format('{:d}-{:d}-{:d}', r_score::INTEGER, f_score::INTEGER, m_score::INTEGER) AS rfm,
  CASE
    WHEN r_score < 3 THEN CASE WHEN f_score > 3 THEN 'at risk' ELSE 'lost' END
    WHEN r_score = 3 THEN CASE WHEN f_score > 3 THEN 'loyal' ELSE 'needs attention' END
    WHEN f_score > 3 THEN 'champion'
    WHEN f_score > 1 THEN 'promising'
    ELSE 'new'
  END AS segment,
  margin_per_year,
  margin_per_year * multiple AS lifetime_value,
  margin_per_year * multiple * probability_alive AS expected_value,
  margin_per_year * multiple * probability_alive / sum(margin_per_year * multiple * probability_alive) OVER () * 100
    AS value_share
FROM worth;

CREATE TABLE value_groups AS
SELECT
  count(*) AS customers,
  sum(margin_per_year * multiple * probability_alive) AS total_value,
  avg(churned::INTEGER) * 100 AS churn_rate,
  corr(frequency, average_order_value) AS frequency_and_order_value
FROM worth;
