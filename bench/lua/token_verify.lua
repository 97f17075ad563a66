-- The URL of the command line with many people's bearer tokens in turn. Argument: their file.
-- Requests are written once, so that the load costs as little as it can of the cores that it shares.
local requests, at = {}, 0

function init(args)
  for line in io.open(args[1]):lines() do
    wrk.headers["Authorization"] = "Bearer " .. line
    requests[#requests + 1] = wrk.format("GET")
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end
