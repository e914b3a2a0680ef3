-- Every cell of a table of intervals, read once: whatever cannot be read shows itself.
SELECT
    MAX(STRLEN(site)) AS longest_site,
    MAX(STRLEN(channel)) AS longest_channel,
    MAX(instant) AS last_instant,
    MAX(contacts_offered) AS most_offered,
    MAX(contacts_answered) AS most_answered,
    MAX(contacts_within) AS most_within
FROM intervals
