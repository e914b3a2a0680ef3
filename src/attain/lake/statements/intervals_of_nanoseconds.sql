-- The intervals of files whose starts are timestamps with a time zone in nanoseconds. One that is
-- not in whole microseconds has no instant here, and is refused.
SELECT
    file_name,
    row_number,
    site,
    channel,
    TRY_CAST(start AS VARCHAR) AS written,
    CASE WHEN EPOCH_NS(start) % 1000 = 0 THEN EPOCH_NS(start) // 1000 END AS instant,
    CAST(offered AS BIGINT) AS contacts_offered,
    CAST(answered AS BIGINT) AS contacts_answered,
    CAST(within_threshold AS BIGINT) AS contacts_within
FROM files
