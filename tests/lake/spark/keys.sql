SELECT DISTINCT
  site,
  channel
FROM intervals
WHERE
  COALESCE(OCTET_LENGTH(site), 0) <= 200
  AND COALESCE(OCTET_LENGTH(channel), 0) <= 200
LIMIT :most
