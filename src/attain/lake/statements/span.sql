-- The first and the last start of any interval.
SELECT
    MIN(instant) AS earliest,
    MAX(instant) AS latest
FROM intervals
