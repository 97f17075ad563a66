-- Books and cancels. Arguments: a file with a line "token client trainer" for each client, the first start (seconds
-- since 1970), the seconds between two starts, how many starts there are, and `hot` or `spread`: in a hot run everybody
-- wants any of the starts of one trainer, in a spread run each client goes through those of a trainer of their own.
-- What was booked is cancelled by a later request, so that a run may last for ever. 409 is an answer like another.
local clients, bookings, first, step, starts, hot = {}, {}, 0, 0, 0, false
local turn, of_client = 0, {}

function init(args)
  for line in io.open(args[1]):lines() do
    local token, client, trainer = line:match("(%S+) (%S+) (%S+)")
    local at = #clients + 1
    clients[at] = { token = token, trainer = trainer, next = 0 }
    of_client[client] = clients[at]
  end
  first, step, starts, hot = tonumber(args[2]), tonumber(args[3]), tonumber(args[4]), args[5] == "hot"
  math.randomseed(os.time())
end

local function post(client, path, body)
  return wrk.format("POST", path, { ["Authorization"] = "Bearer " .. client.token, ["Content-Type"] = "application/json" }, body)
end

local function next_start(client)
  if hot then return math.random(0, starts - 1) end
  client.next = (client.next + 1) % starts
  return client.next
end

function request()
  local booked = table.remove(bookings)
  if booked then return post(booked.client, "/api/v1/bookings/" .. booked.id .. "/cancel", '{"reason":"bench"}') end
  turn = turn % #clients + 1
  local client = clients[turn]
  local start = os.date("!%Y-%m-%dT%H:%M:%SZ", first + step * next_start(client))
  return post(client, "/api/v1/bookings", '{"trainer_id":"' .. client.trainer .. '","start":"' .. start
    .. '","platform":"zoom","handle":"bench","client_tz":"UTC"}')
end

function response(status, headers, body)
  if status == 201 then
    bookings[#bookings + 1] = { id = body:match('"id":"([^"]+)"'), client = of_client[body:match('"client_id":"([^"]+)"')] }
  elseif status ~= 200 and not (hot and status == 409) then
    io.stderr:write("unexpected: ", status, " ", body, "\n")
    os.exit(1)
  end
end
