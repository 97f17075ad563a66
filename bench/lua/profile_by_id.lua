-- Profiles by id with a bearer token. Arguments: the token's file, the file of ids.
-- Requests are written once, so that the load costs as little as it can of the cores that it shares.
local requests, at = {}, 0

function init(args)
  for line in io.open(args[1]):lines() do wrk.headers["Authorization"] = "Bearer " .. line end
  for line in io.open(args[2]):lines() do requests[#requests + 1] = wrk.format("GET", "/api/v1/profiles/" .. line) end
end

function request()
  at = at % #requests + 1
  return requests[at]
end
