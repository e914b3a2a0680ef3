-- The intervals of one site as a dossier has them.
SELECT
    intervals.channel,
    MAKE_TIMESTAMPTZ(intervals.instant) AS start,
    CAST(intervals.contacts_offered AS BIGINT) AS offered,
    CAST(intervals.contacts_answered AS BIGINT) AS answered,
    CAST(intervals.contacts_within AS BIGINT) AS within_threshold
FROM intervals
JOIN sites ON sites.wanted = intervals.site
ORDER BY intervals.channel, intervals.instant
