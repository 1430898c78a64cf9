-- Put in front of every script of this folder.

-- The state of the draw, from the shared keys alone.
-- Returns one of NO_DRAW, DRAW_OPEN_NO_ENTRANTS, DRAW_OPEN_WITH_ENTRANTS, DRAW_CLOSED_NO_ENTRANTS,
-- DRAW_CLOSED_WITH_ENTRANTS, DRAW_WON.
local function draw_state(is_open, prizes, entrants, winners)
  local filled = redis.call('EXISTS', entrants) == 1 and '_WITH_ENTRANTS' or '_NO_ENTRANTS'
  if redis.call('EXISTS', is_open) == 1 then return 'DRAW_OPEN' .. filled end
  if redis.call('EXISTS', winners) == 1 then return 'DRAW_WON' end
  if redis.call('EXISTS', prizes) == 1 then return 'DRAW_CLOSED' .. filled end
  return 'NO_DRAW'
end

-- Whether a step's deadline, in seconds since the epoch by Redis's own clock, has passed.
local function too_late(deadline)
  return tonumber(redis.call('TIME')[1]) > tonumber(deadline)
end
