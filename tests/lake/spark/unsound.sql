SELECT
  file_name,
  row_number,
  SUBSTRING(site, 1, 200) AS site_shown,
  SUBSTRING(channel, 1, 200) AS channel_shown,
  SUBSTRING(written, 1, 200) AS start_shown,
  instant,
  contacts_offered,
  contacts_answered,
  contacts_within
FROM intervals
WHERE
  site IS NULL
  OR channel IS NULL
  OR OCTET_LENGTH(site) > 200
  OR OCTET_LENGTH(channel) > 200
  OR channel IN (
    SELECT
      refused_channel
    FROM refused
  )
  OR NOT COALESCE(instant >= :earliest AND instant < :latest, FALSE)
  OR NOT COALESCE(
    contacts_within >= 0
    AND contacts_answered >= contacts_within
    AND contacts_offered >= contacts_answered,
    FALSE
  )
ORDER BY
  file_name NULLS LAST,
  row_number NULLS LAST
LIMIT :most
