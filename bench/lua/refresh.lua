-- Refreshes at the token endpoint. Argument: the file of refresh tokens, more than connections.
-- Every answer brings the token of a later request.
local tokens = {}

function init(args)
  for line in io.open(args[1]):lines() do tokens[#tokens + 1] = line end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function request()
  local token = table.remove(tokens, 1)
  return wrk.format(nil, nil, nil, "grant_type=refresh_token&client_id=insighta-cli&refresh_token=" .. token)
end

function response(status, headers, body)
  tokens[#tokens + 1] = body:match('"refresh_token":"([^"]+)"')
end
