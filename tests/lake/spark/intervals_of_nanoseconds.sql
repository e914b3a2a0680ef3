SELECT
  file_name,
  row_number,
  site,
  channel,
  TRY_CAST(start AS STRING) AS written,
  CASE WHEN start % 1000 = 0 THEN start DIV 1000 END AS instant,
  CAST(offered AS BIGINT) AS contacts_offered,
  CAST(answered AS BIGINT) AS contacts_answered,
  CAST(within_threshold AS BIGINT) AS contacts_within
FROM files
