-- The URL of the command line with many people's bearer tokens in turn. Argument: their file.
local tokens, at = {}, 0

function init(args)
  for line in io.open(args[1]):lines() do tokens[#tokens + 1] = "Bearer " .. line end
end

function request()
  at = at % #tokens + 1
  wrk.headers["Authorization"] = tokens[at]
  return wrk.format("GET")
end
