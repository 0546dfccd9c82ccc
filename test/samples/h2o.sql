-- The questions of samples/benchmarks/h2o in SQL, for another engine. `data` is the path of a file of generate.mjs.
-- A row without its key is in no group; of the two largest v3 one that is not there is missing.

CREATE TABLE input AS
SELECT * FROM read_csv(getvariable('data'), header = true, types = {
  'id1': 'VARCHAR', 'id2': 'VARCHAR', 'id3': 'VARCHAR', 'id4': 'INTEGER', 'id5': 'INTEGER', 'id6': 'INTEGER',
  'v1': 'INTEGER', 'v2': 'INTEGER', 'v3': 'DOUBLE'
});

CREATE TABLE q1_groups AS
SELECT id1, coalesce(sum(v1), 0)::DOUBLE AS v1_sum FROM input WHERE id1 IS NOT NULL GROUP BY id1;

CREATE TABLE q2_groups AS
SELECT id1, id2, coalesce(sum(v1), 0)::DOUBLE AS v1_sum
FROM input WHERE id1 IS NOT NULL AND id2 IS NOT NULL GROUP BY id1, id2;

CREATE TABLE q3_groups AS
SELECT id3, coalesce(sum(v1), 0)::DOUBLE AS v1_sum, avg(v3) AS v3_mean FROM input WHERE id3 IS NOT NULL GROUP BY id3;

CREATE TABLE q4_groups AS
SELECT id4, avg(v1) AS v1_mean, avg(v2) AS v2_mean, avg(v3) AS v3_mean FROM input WHERE id4 IS NOT NULL GROUP BY id4;

CREATE TABLE q5_groups AS
SELECT id6, coalesce(sum(v1), 0)::DOUBLE AS v1_sum, coalesce(sum(v2), 0)::DOUBLE AS v2_sum, coalesce(sum(v3), 0) AS v3_sum
FROM input WHERE id6 IS NOT NULL GROUP BY id6;

CREATE TABLE q7_groups AS
SELECT id3, (max(v1) - min(v2))::DOUBLE AS range_v1_v2 FROM input WHERE id3 IS NOT NULL GROUP BY id3;

CREATE TABLE q8_groups AS
SELECT id6, max(v3) FILTER (place = 1) AS largest_v3, max(v3) FILTER (place = 2) AS second_v3
FROM (SELECT id6, v3, row_number() OVER (PARTITION BY id6 ORDER BY v3 DESC NULLS LAST) AS place FROM input)
WHERE id6 IS NOT NULL GROUP BY id6;

-- DuckDB gives NaN where one of the values does not vary.
CREATE TABLE q9_groups AS
SELECT id2, id4, CASE WHEN NOT isnan(corr(v1, v2)) THEN corr(v1, v2) ** 2 END AS r2
FROM input WHERE id2 IS NOT NULL AND id4 IS NOT NULL GROUP BY id2, id4;
