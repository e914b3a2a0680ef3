-- The intervals of files whose starts are texts as in CSV: a date, T, hours and minutes, seconds
-- and up to six digits of their fraction if need be, and Z or an offset (2026-10-31T09:15+01:00).
-- A text that is not written so, or whose date is not in the calendar, has no instant.
WITH short AS (
    SELECT
        *,
        CASE WHEN STRLEN(start) <= 40 THEN start ELSE '' END AS time_text
    FROM files
),

cut AS (
    SELECT
        file_name,
        row_number,
        site,
        channel,
        start AS written,
        REGEXP_MATCHES(
            time_text,
            '^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?'
            || '(Z|[+-]([01][0-9]|2[0-3])(:[0-5][0-9])?)\z'
        ) AS is_time,
        TRY_CAST(SUBSTR(time_text, 1, 10) AS DATE) AS wall_date,
        TRY_CAST(SUBSTR(time_text, 12, 2) AS BIGINT) AS wall_hours,
        TRY_CAST(SUBSTR(time_text, 15, 2) AS BIGINT) AS wall_minutes,
        CASE
            WHEN SUBSTR(time_text, 17, 1) = ':' THEN TRY_CAST(SUBSTR(time_text, 18, 2) AS BIGINT)
            ELSE 0
        END AS wall_seconds,
        CASE
            WHEN SUBSTR(time_text, 20, 1) = '.'
                THEN TRY_CAST(RPAD(REGEXP_EXTRACT(time_text, '[.]([0-9]+)', 1), 6, '0') AS BIGINT)
            ELSE 0
        END AS wall_micros,
        CASE
            WHEN time_text LIKE '%Z' THEN '+00:00'
            WHEN SUBSTR(time_text, LENGTH(time_text) - 2, 1) = ':' THEN SUBSTR(time_text, LENGTH(time_text) - 5)
            ELSE SUBSTR(time_text, LENGTH(time_text) - 2) || ':00'
        END AS ahead,
        offered,
        answered,
        within_threshold
    FROM short
)

SELECT
    file_name,
    row_number,
    site,
    channel,
    written,
    CASE WHEN is_time THEN
        DATE_DIFF('day', DATE '1970-01-01', wall_date) * CAST(86400000000 AS BIGINT)
        + wall_hours * 3600000000
        + wall_minutes * 60000000
        + wall_seconds * 1000000
        + wall_micros
        - (TRY_CAST(SUBSTR(ahead, 2, 2) AS BIGINT) * 60 + TRY_CAST(SUBSTR(ahead, 5, 2) AS BIGINT))
        * CASE WHEN SUBSTR(ahead, 1, 1) = '-' THEN -60000000 ELSE 60000000 END
    END AS instant,
    CAST(offered AS BIGINT) AS contacts_offered,
    CAST(answered AS BIGINT) AS contacts_answered,
    CAST(within_threshold AS BIGINT) AS contacts_within
FROM cut
