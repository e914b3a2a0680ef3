-- Every site with every channel that has an interval, up to so many.
SELECT DISTINCT
    site,
    channel
FROM intervals
LIMIT $most
