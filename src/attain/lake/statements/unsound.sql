-- The first rows that cannot be: a cell that is missing, a channel that is refused, a start that is
-- no instant of the years that a calendar here knows, a text that is far too long, or counts of
-- which one is negative or above what it is a part of.
SELECT
    file_name,
    row_number,
    SUBSTR(site, 1, 200) AS site_shown,
    SUBSTR(channel, 1, 200) AS channel_shown,
    SUBSTR(written, 1, 200) AS start_shown,
    instant,
    contacts_offered,
    contacts_answered,
    contacts_within
FROM intervals
WHERE
    site IS NULL
    OR channel IS NULL
    OR STRLEN(site) > 200
    OR STRLEN(channel) > 200
    OR channel IN (SELECT refused_channel FROM refused)
    OR NOT COALESCE(instant >= $earliest AND instant < $latest, FALSE)
    OR NOT COALESCE(
        contacts_within >= 0
        AND contacts_answered >= contacts_within
        AND contacts_offered >= contacts_answered,
        FALSE
    )
ORDER BY file_name, row_number
LIMIT $most
