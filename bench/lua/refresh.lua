-- Refreshes at the token endpoint. Argument: the file of refresh tokens, more than connections.
-- Every answer brings the token of a later request. All tokens have one length, so that what stands before them is
-- written once and the load costs as little as it can of the cores that it shares.
local tokens, first, last, head = {}, 1, 0, nil

local function keep(token)
  last = last + 1
  tokens[last] = token
end

function init(args)
  for line in io.open(args[1]):lines() do keep(line) end
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  local request = wrk.format("POST", nil, nil, "grant_type=refresh_token&client_id=insighta-cli&refresh_token=" .. tokens[1])
  head = request:sub(1, #request - #tokens[1])
end

function request()
  local token = tokens[first]
  tokens[first] = nil
  first = first + 1
  return head .. token
end

function response(status, headers, body)
  keep(body:match('"refresh_token":"([^"]+)"'))
end
