SELECT
  site,
  channel,
  TIMESTAMP_MICROS(instant) AS start,
  CAST(contacts_offered AS BIGINT) AS offered,
  CAST(contacts_answered AS BIGINT) AS answered,
  CAST(contacts_within AS BIGINT) AS within_threshold
FROM intervals
ORDER BY
  site NULLS LAST,
  channel NULLS LAST,
  instant NULLS LAST
