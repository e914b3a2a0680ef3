SELECT
  crowded.crowded_site AS repeated_site,
  crowded.crowded_channel AS repeated_channel,
  intervals.instant AS repeated_instant
FROM intervals
JOIN crowded
  ON crowded.crowded_site = intervals.site
  AND crowded.crowded_channel = intervals.channel
  AND intervals.instant >= crowded.from_instant
  AND intervals.instant < crowded.until_instant
GROUP BY
  crowded.crowded_site,
  crowded.crowded_channel,
  intervals.instant
HAVING
  COUNT(*) > 1
LIMIT :most
