-- The first rows whose site, channel and start are in the lake already.
SELECT
    intervals.row_number AS in_row,
    intervals.site AS present_site,
    intervals.channel AS present_channel,
    intervals.instant AS present_instant
FROM intervals
JOIN lake
    ON lake.site = intervals.site
    AND lake.channel = intervals.channel
    AND lake.instant = intervals.instant
ORDER BY in_row
LIMIT $most
