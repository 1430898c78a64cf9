-- Put in front of the scripts that pick, after prelude.lua.

-- Why a draw cannot be picked, as a reply: {'refused', state} or {'picked_elsewhere'}; nil when it can.
-- may_close: whether it may be open. may_be_fewer: whether prizes or entrants may have left that the record counts.
local function not_pickable(may_close, may_be_fewer)
  local state = draw_state()
  local open = redis.call('EXISTS', K.is_open) == 1
  local has_both = redis.call('EXISTS', K.prizes) == 1 and redis.call('EXISTS', K.entrants) == 1
  -- A draw with winners of an earlier one stays open while it is picked.
  local may_be_open = may_close or redis.call('EXISTS', K.winners) == 1
  if not has_both or state == 'DRAW_WON' or (open and not may_be_open) then return { 'refused', state } end
  -- The original application closes the draw, takes prizes and entrants out one by one, and writes the winners at the end.
  local fewer = redis.call('SCARD', K.prizes) < number_of(K.record, 'prize_count')
    or redis.call('SCARD', K.entrants) < number_of(K.record, 'entrants')
  if fewer and not open and not may_be_fewer then return { 'picked_elsewhere' } end
  return nil
end
