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

-- Why a draw cannot be picked: its state; nil when it can.
local function not_pickable(is_open, prizes, entrants, winners, may_close)
  local state = draw_state(is_open, prizes, entrants, winners)
  local open = redis.call('EXISTS', is_open) == 1
  local has_both = redis.call('EXISTS', prizes) == 1 and redis.call('EXISTS', entrants) == 1
  -- A draw with winners of an earlier one stays open while it is picked.
  local may_be_open = may_close or redis.call('EXISTS', winners) == 1
  if has_both and state ~= 'DRAW_WON' and (may_be_open or not open) then return nil end
  return state
end

-- Closes a draw that is being picked. With winners of an earlier draw still there, a closed draw would count as over: that
-- is left open, without its timer, and nobody enters it while there is a commitment; the pick itself closes it.
local function close_for_pick(is_open, winners)
  if redis.call('EXISTS', winners) == 0 then redis.call('DEL', is_open) else redis.call('PERSIST', is_open) end
end
