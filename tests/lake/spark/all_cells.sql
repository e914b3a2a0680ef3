SELECT
  MAX(OCTET_LENGTH(site)) AS longest_site,
  MAX(OCTET_LENGTH(channel)) AS longest_channel,
  MAX(instant) AS last_instant,
  MAX(contacts_offered) AS most_offered,
  MAX(contacts_answered) AS most_answered,
  MAX(contacts_within) AS most_within
FROM intervals
