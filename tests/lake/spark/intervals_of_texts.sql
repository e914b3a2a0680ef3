WITH short AS (
  SELECT
    *,
    CASE WHEN OCTET_LENGTH(start) <= 40 THEN start ELSE '' END AS time_text
  FROM files
), cut AS (
  SELECT
    file_name,
    row_number,
    site,
    channel,
    start AS written,
    time_text RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?' || '(Z|[+-]([01][0-9]|2[0-3])(:[0-5][0-9])?)\\z' AS is_time,
    TRY_CAST(SUBSTRING(time_text, 1, 10) AS DATE) AS wall_date,
    TRY_CAST(SUBSTRING(time_text, 12, 2) AS BIGINT) AS wall_hours,
    TRY_CAST(SUBSTRING(time_text, 15, 2) AS BIGINT) AS wall_minutes,
    CASE
      WHEN SUBSTRING(time_text, 17, 1) = ':'
      THEN TRY_CAST(SUBSTRING(time_text, 18, 2) AS BIGINT)
      ELSE 0
    END AS wall_seconds,
    CASE
      WHEN SUBSTRING(time_text, 20, 1) = '.'
      THEN TRY_CAST(RPAD(REGEXP_EXTRACT(time_text, '[.]([0-9]+)'), 6, '0') AS BIGINT)
      ELSE 0
    END AS wall_micros,
    CASE
      WHEN time_text LIKE '%Z'
      THEN '+00:00'
      WHEN SUBSTRING(time_text, LENGTH(time_text) - 2, 1) = ':'
      THEN SUBSTRING(time_text, LENGTH(time_text) - 5)
      ELSE SUBSTRING(time_text, LENGTH(time_text) - 2) || ':00'
    END AS ahead,
    offered,
    answered,
    within_threshold
  FROM short
)
SELECT
  file_name,
  row_number,
  site,
  channel,
  written,
  CASE
    WHEN is_time
    THEN DATEDIFF(DAY, CAST('1970-01-01' AS DATE), wall_date) * CAST(86400000000 AS BIGINT) + wall_hours * 3600000000 + wall_minutes * 60000000 + wall_seconds * 1000000 + wall_micros - (
      TRY_CAST(SUBSTRING(ahead, 2, 2) AS BIGINT) * 60 + TRY_CAST(SUBSTRING(ahead, 5, 2) AS BIGINT)
    ) * CASE WHEN SUBSTRING(ahead, 1, 1) = '-' THEN -60000000 ELSE 60000000 END
  END AS instant,
  CAST(offered AS BIGINT) AS contacts_offered,
  CAST(answered AS BIGINT) AS contacts_answered,
  CAST(within_threshold AS BIGINT) AS contacts_within
FROM cut
