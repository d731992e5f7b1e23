-- wrk's side of the schedule measurement: unique posts for three targets, a time far away. The same for both: only the
-- form of the body differs. BENCH_BODY is the body, with "@" where a unique number goes.
local body = os.getenv("BENCH_BODY")
local before, after = body:match("^(.-)@(.*)$")
local number = 0
local headers = {
  ["Content-Type"] = "application/json",
  ["Authorization"] = "Bearer " .. os.getenv("BENCH_KEY"),
}

function setup(thread)
  number = number + 1
  thread:set("seed", os.time() * 1000 + number)
end

function request()
  number = number + 1
  return wrk.format("POST", nil, headers, before .. seed .. "-" .. number .. after)
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  io.write(string.format(
    '{"what":"schedule","who":"%s","requests":%d,"failed":%d,"per_second":%.0f,"p50_ms":%.3f,"p99_ms":%.3f}\n',
    os.getenv("BENCH_WHO"), summary.requests, failed, summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
