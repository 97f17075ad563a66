-- Profiles by id with a bearer token. Arguments: the token's file, the file of ids.
local ids, at = {}, 0

function init(args)
  for line in io.open(args[1]):lines() do wrk.headers["Authorization"] = "Bearer " .. line end
  for line in io.open(args[2]):lines() do ids[#ids + 1] = "/api/v1/profiles/" .. line end
end

function request()
  at = at % #ids + 1
  return wrk.format("GET", ids[at])
end
