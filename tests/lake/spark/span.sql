SELECT
  MIN(instant) AS earliest,
  MAX(instant) AS latest
FROM intervals
