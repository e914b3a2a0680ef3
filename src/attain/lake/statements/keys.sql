-- Every site with every channel that has an interval, up to so many. Texts of more than 200 bytes
-- are no keys, and would take long to compare.
SELECT DISTINCT
    site,
    channel
FROM intervals
WHERE
    COALESCE(STRLEN(site), 0) <= 200
    AND COALESCE(STRLEN(channel), 0) <= 200
LIMIT $most
