-- The intervals of files whose starts are timestamps with a time zone. An instant is whole
-- microseconds of UTC since 1970.
SELECT
    file_name,
    row_number,
    site,
    channel,
    TRY_CAST(start AS VARCHAR) AS written,
    EPOCH_US(start) AS instant,
    CAST(offered AS BIGINT) AS contacts_offered,
    CAST(answered AS BIGINT) AS contacts_answered,
    CAST(within_threshold AS BIGINT) AS contacts_within
FROM files
