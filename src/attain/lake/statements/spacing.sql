-- How far apart starts lie, judged by the first rows: of their different starts, how many fall into
-- different slots of a quarter of an hour, of 5 minutes, of a minute and of a second.
WITH first_rows AS (
    SELECT DISTINCT
        site,
        channel,
        instant
    FROM (SELECT site, channel, instant FROM intervals LIMIT 20000) AS head
    WHERE STRLEN(site) <= 200
        AND STRLEN(channel) <= 200
)

SELECT
    COUNT(*) AS starts,
    COUNT(DISTINCT (site, channel, instant // 900000000)) AS of_quarters,
    COUNT(DISTINCT (site, channel, instant // 300000000)) AS of_five_minutes,
    COUNT(DISTINCT (site, channel, instant // 60000000)) AS of_minutes,
    COUNT(DISTINCT (site, channel, instant // 1000000)) AS of_seconds
FROM first_rows
