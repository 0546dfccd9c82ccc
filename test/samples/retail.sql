-- What every feature of samples/retail means, written from their doc comments in another language, for another engine.
-- `data` is the path of transactions.csv. One table per model and level; a column is named as the feature it checks.

CREATE MACRO finite(x) AS CASE WHEN isfinite(x) THEN x END;
CREATE MACRO half_up(x) AS floor(x + 0.5);

CREATE TABLE input AS
SELECT
  row_number() OVER () AS line,
  transaction_id,
  try_strptime("timestamp", '%Y-%m-%d %H:%M') AS moment,
  store,
  product,
  category,
  customer,
  quantity::DOUBLE AS quantity,
  unit_price::DOUBLE AS unit_price,
  unit_cost::DOUBLE AS unit_cost,
  coalesce(discount::DOUBLE, 0) AS discount,
  transaction_type
FROM read_csv(getvariable('data'), all_varchar = true, header = true, parallel = false);

CREATE TABLE transactions_rows AS
WITH amounts AS (
  SELECT
    *,
    half_up(quantity * unit_price * (1 - discount) * 100) / 100 AS revenue,
    quantity * unit_cost AS cost
  FROM input
)
SELECT
  line,
  strftime(moment, '%Y-%m-%d') AS dt_date,
  extract(hour FROM moment) AS hour,
  extract(dow FROM moment) AS weekday,
  extract(dow FROM moment) IN (0, 6) AS is_weekend,
  CASE
    WHEN moment::TIME < TIME '12:00' THEN 'morning'
    WHEN moment::TIME < TIME '17:00' THEN 'afternoon'
    WHEN moment IS NOT NULL THEN 'evening'
  END AS day_part,
  transaction_type = 'return' AS is_return,
  discount > 0 AS is_promotion,
  revenue,
  revenue / 1.19::DOUBLE AS net_revenue,
  cost,
  revenue / 1.19::DOUBLE - cost AS margin,
  CASE WHEN revenue <> 0 THEN (revenue / 1.19::DOUBLE - cost) / (revenue / 1.19::DOUBLE) * 100 END AS margin_pct,
  transaction_type = 'sale' AND revenue > 0 AND cost IS NOT NULL AS valid,
  CASE WHEN unit_price < 3 THEN 'low' WHEN unit_price >= 10 THEN 'high' ELSE 'middle' END AS price_band,
  upper(category) || ': ' || product AS product_label
FROM amounts;

-- All that daily and customer_profile can read.
CREATE VIEW lines AS SELECT * FROM input JOIN transactions_rows USING (line);

CREATE TABLE daily_groups AS
WITH sums AS (
  SELECT
    dt_date,
    strftime(min(moment), '%A') AS day_name,
    sum(revenue) AS day_revenue,
    coalesce(sum(net_revenue) FILTER (valid), 0) AS day_valid_revenue,
    coalesce(sum(margin) FILTER (valid), 0) AS day_margin,
    count(DISTINCT transaction_id) AS receipts,
    median(revenue) FILTER (revenue > 0) AS median_line,
    count(DISTINCT product) AS products_sold,
    count(customer) * 100.0::DOUBLE / count(*) AS known_customer_share,
    count(*) FILTER (is_return) * 100.0::DOUBLE / count(*) AS return_share,
    first(product ORDER BY revenue DESC, line) AS top_line_product,
    min(moment) AS first_sale,
    max(moment) AS last_sale
  FROM lines
  WHERE dt_date IS NOT NULL
  GROUP BY dt_date
),
hours AS (
  SELECT dt_date, first(hour ORDER BY n DESC, hour) AS busiest_hour
  FROM (SELECT dt_date, hour, count(*) AS n FROM lines GROUP BY dt_date, hour)
  GROUP BY dt_date
),
big AS (
  SELECT dt_date, count(*) FILTER (revenue > 3 * median_line) * 100.0::DOUBLE / count(*) AS big_line_share
  FROM lines JOIN sums USING (dt_date)
  GROUP BY dt_date
)
SELECT
  *,
  finite(day_margin / day_valid_revenue * 100) AS day_margin_pct,
  day_revenue / receipts AS revenue_per_receipt,
  epoch_ms(last_sale - first_sale) / 3600000.0::DOUBLE AS hours_open
FROM sums JOIN hours USING (dt_date) JOIN big USING (dt_date);

CREATE TABLE daily_rows AS
SELECT
  line,
  strftime(moment, '%Y-%m') AS month,
  finite(revenue / day_revenue * 100) AS share_of_day,
  revenue > 3 * median_line AS is_big_line
FROM lines LEFT JOIN daily_groups USING (dt_date);

CREATE TABLE customer_profile_groups AS
WITH known AS (
  SELECT *, upper(trim(customer)) AS customer_id FROM lines WHERE customer IS NOT NULL
),
sums AS (
  SELECT
    customer_id,
    count(DISTINCT transaction_id) FILTER (NOT is_return) AS visits,
    sum(revenue) AS lifetime_revenue,
    coalesce(sum(net_revenue) FILTER (valid), 0) AS lifetime_valid_revenue,
    coalesce(sum(margin) FILTER (valid), 0) AS lifetime_margin,
    min(moment) AS first_visit,
    max(moment) AS last_visit,
    median(revenue) FILTER (valid) AS typical_line,
    stddev_samp(revenue) AS spend_spread,
    quantile_cont(revenue, 0.9) AS large_line,
    count(DISTINCT category) AS categories_bought,
    finite(coalesce(sum(revenue) FILTER (is_promotion), 0) / sum(revenue) * 100) AS promotion_share,
    count(*) FILTER (is_return) = 0 AS keeps_what_they_buy
  FROM known
  GROUP BY customer_id
),
favourites AS (
  SELECT customer_id, first(category ORDER BY items DESC, first_line) AS favourite_category
  FROM (
    SELECT customer_id, category, sum(quantity) AS items, min(line) AS first_line
    FROM known
    GROUP BY customer_id, category
  )
  GROUP BY customer_id
),
treats AS (
  SELECT customer_id, avg((revenue > 2 * typical_line)::INT) * 100 AS treat_share
  FROM known JOIN sums USING (customer_id)
  GROUP BY customer_id
),
months AS (
  SELECT
    customer_id,
    greatest(1, epoch_ms(TIMESTAMP '2025-12-01' - first_visit) / 86400000.0::DOUBLE / (365.25::DOUBLE / 12)) AS months_known
  FROM sums
  WHERE first_visit IS NOT NULL
),
segments AS (
  SELECT
    customer_id,
    CASE
      WHEN visits <= 1 THEN 'new'
      WHEN lifetime_revenue >= 500 THEN 'gold'
      WHEN lifetime_revenue >= 150 THEN 'silver'
      ELSE 'bronze'
    END AS segment
  FROM sums
)
SELECT
  *,
  finite(lifetime_margin / lifetime_valid_revenue * 100) AS lifetime_margin_pct,
  floor(epoch_ms(TIMESTAMP '2025-12-01' - last_visit) / 86400000.0::DOUBLE) AS days_since_last_visit,
  visits / months_known AS visits_per_month,
  segment || ', ' || lower(favourite_category) AS label
FROM sums
JOIN favourites USING (customer_id)
JOIN treats USING (customer_id)
JOIN segments USING (customer_id)
LEFT JOIN months USING (customer_id);

CREATE TABLE customer_profile_rows AS
SELECT
  line,
  upper(trim(customer)) AS customer_id,
  finite(revenue / lifetime_revenue * 100) AS share_of_customer,
  revenue > 2 * typical_line AS is_treat
FROM lines LEFT JOIN customer_profile_groups ON upper(trim(customer)) = customer_id;

-- Some of daily once more, with the key dt_date, store.
CREATE TABLE daily_store_groups AS
SELECT
  dt_date,
  store,
  sum(revenue) AS day_revenue,
  coalesce(sum(margin) FILTER (valid), 0) AS day_margin,
  count(DISTINCT transaction_id) AS receipts,
  sum(revenue) / count(DISTINCT transaction_id) AS revenue_per_receipt,
  median(revenue) FILTER (revenue > 0) AS median_line,
  first(product ORDER BY revenue DESC, line) AS top_line_product,
  max(moment) AS last_sale
FROM lines
WHERE dt_date IS NOT NULL
GROUP BY dt_date, store;
