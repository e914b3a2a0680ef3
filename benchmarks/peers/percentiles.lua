-- Each request is one of the next user in turn, by the cookies in the file that COOKIES names.
local cookies, turn = {}, 0
local file = os.getenv("COOKIES")
if file then
  for line in io.lines(file) do cookies[#cookies + 1] = line end
end

request = function()
  if #cookies > 0 then
    turn = turn % #cookies + 1
    wrk.headers["Cookie"] = cookies[turn]
  end
  return wrk.format()
end

-- What wrk found, on one line: answers, the 95th percentile in microseconds, failures.
done = function(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("answered=%d p95=%d failed=%d\n", summary.requests, latency:percentile(95), failed))
end
