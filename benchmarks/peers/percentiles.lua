-- What wrk found, on one line: answers, the 95th percentile in microseconds, failures.
done = function(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("answered=%d p95=%d failed=%d\n", summary.requests, latency:percentile(95), failed))
end
