-- What every feature of samples/property means, written from their doc comments in another language, for another engine.
-- `data` is the path of property.csv. One table per level; a column is named as the feature it checks.

CREATE TABLE input AS
SELECT
  row_number() OVER () AS line,
  pin,
  year_built::DOUBLE AS year_built,
  building_area::DOUBLE AS building_area,
  land_area::DOUBLE AS land_area,
  building_class,
  assessed_value::DOUBLE AS assessed_value,
  sale_price::DOUBLE AS sale_price,
  sale_date::DATE AS sale_date,
  sale_price::DOUBLE > 1 AS market
FROM read_csv(getvariable('data'), all_varchar = true, header = true, parallel = false);

CREATE TABLE property_groups AS
WITH sums AS (
  SELECT
    pin,
    count(*) FILTER (market) AS market_sales,
    median(sale_price) FILTER (market) AS median_price,
    median(sale_price / building_area) FILTER (market) AS median_price_per_area,
    max(sale_date) AS last_sale,
    max(assessed_value) AS assessed,
    coalesce(min(year_built) < 2025 - 60, false) AS needs_inspection
  FROM input
  GROUP BY pin
),
latest AS (
  SELECT pin, first(sale_price ORDER BY line) AS last_price
  FROM input JOIN sums USING (pin)
  WHERE sale_date = last_sale
  GROUP BY pin
),
holds AS (
  SELECT pin, nullif(max(days), 0) AS longest_hold
  FROM (SELECT pin, sale_date - lag(sale_date) OVER (PARTITION BY pin ORDER BY sale_date) AS days FROM input)
  GROUP BY pin
)
SELECT
  *,
  assessed / median_price AS assessment_ratio,
  CASE
    WHEN assessed / median_price > 1.1::DOUBLE THEN 'appeal'
    WHEN assessed / median_price > 0.9::DOUBLE THEN 'fair'
    WHEN assessed / median_price <= 0.9::DOUBLE THEN 'low'
    ELSE 'none'
  END AS advice
FROM sums LEFT JOIN latest USING (pin) LEFT JOIN holds USING (pin);

CREATE TABLE property_rows AS
SELECT
  line,
  2025 - year_built AS age,
  CASE
    WHEN year_built IS NULL THEN 'unknown'
    WHEN year_built >= 1980 THEN 'modern'
    WHEN year_built >= 1940 THEN 'postwar'
    ELSE 'prewar'
  END AS era,
  substr(building_class, 1, 1) = '2' AS is_residential,
  lower(regexp_extract(building_class, '^\S+ (.*)$', 1)) AS class_name,
  building_area / land_area * 100 AS lot_coverage,
  market AS at_market,
  extract(year FROM sale_date) AS sale_year,
  CASE WHEN market THEN sale_price / building_area END AS price_per_area,
  CASE WHEN market THEN sale_price / median_price END AS price_vs_median
FROM input LEFT JOIN property_groups USING (pin);
