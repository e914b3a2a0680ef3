WITH first_rows AS (
  SELECT DISTINCT
    site,
    channel,
    instant
  FROM (
    SELECT
      site,
      channel,
      instant
    FROM intervals
    LIMIT 20000
  ) AS head
  WHERE
    OCTET_LENGTH(site) <= 200 AND OCTET_LENGTH(channel) <= 200
)
SELECT
  COUNT(*) AS starts,
  COUNT(DISTINCT (site, channel, instant DIV 900000000)) AS of_quarters,
  COUNT(DISTINCT (site, channel, instant DIV 300000000)) AS of_five_minutes,
  COUNT(DISTINCT (site, channel, instant DIV 60000000)) AS of_minutes,
  COUNT(DISTINCT (site, channel, instant DIV 1000000)) AS of_seconds
FROM first_rows
