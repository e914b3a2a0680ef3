-- Intervals as the lake of an estate has them.
SELECT
    site,
    channel,
    MAKE_TIMESTAMPTZ(instant) AS start,
    CAST(contacts_offered AS BIGINT) AS offered,
    CAST(contacts_answered AS BIGINT) AS answered,
    CAST(contacts_within AS BIGINT) AS within_threshold
FROM intervals
ORDER BY site, channel, instant
