-- Paths in turn, with a header each time. Arguments: the file of the header's line ("Name: value"), the file of paths.
-- Requests are written once, so that the load costs as little as it can of the cores that it shares.
local requests, at = {}, 0

function init(args)
  local name, value = io.open(args[1]):read("l"):match("^([^:]+): (.*)$")
  wrk.headers[name] = value
  for line in io.open(args[2]):lines() do requests[#requests + 1] = wrk.format("GET", line) end
end

function request()
  at = at % #requests + 1
  return requests[at]
end
