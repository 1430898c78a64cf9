-- Put in front of the scripts that change a draw that is on, after prelude.lua.

-- Why the draw cannot be changed, as a reply: it is over, or its winners are being picked; nil when it can.
local function not_changeable()
  if too_late() then return { 'too_late' } end
  if moved() then return { 'moved' } end
  local state = draw_state()
  if state == 'NO_DRAW' or state == 'DRAW_WON' then return { 'refused', state } end
  if unobserved() then return { 'unobserved' } end
  local is_committed = redis.call('EXISTS', K.commitment) == 1 or redis.call('HGET', K.record, 'phase') == 'committed'
  if is_committed then return { 'being_picked' } end
  -- The original application closes the draw, and takes prizes and entrants out one by one.
  local fewer = redis.call('SCARD', K.prizes) < number_of(K.record, 'prize_count')
    or redis.call('SCARD', K.entrants) < number_of(K.record, 'entrants')
  if fewer and redis.call('EXISTS', K.is_open) == 0 then return { 'picked_elsewhere' } end
  return nil
end

-- Brings the record to what the shared keys say after a change, and has the worker look at the draw.
-- last_change: what has changed, as JSON
local function changed(last_change)
  local phase, closes_at = 'closed', ''
  if redis.call('EXISTS', K.is_open) == 1 then
    phase, closes_at = 'open', redis.call('HGET', K.record, 'closes_at') or ''
  end
  redis.call('HSET', K.record, 'entrants', redis.call('SCARD', K.entrants), 'last_change', last_change)
  set_phase(K.record, A.draw, phase, closes_at)
end

-- Forgets who was in when the draw closed; once it is closed, that is kept anew.
local function forget_kept()
  redis.call('UNLINK', K.final_entrants)
  redis.call('HDEL', K.record, 'kept_entrants')
end

-- Takes a login out of the draw, and forgets who entered it.
-- Returns the member who did; '' where that is not known
local function take_out(login)
  redis.call('SREM', K.entrants, login)
  forget_kept()
  local member = redis.call('HGET', K.member_of, login) or ''
  redis.call('HDEL', K.member_of, login)
  if member ~= '' then
    local left = {}
    for other in string.gmatch(redis.call('HGET', K.login_of, member) or '', '%S+') do
      if other ~= login then left[#left + 1] = other end
    end
    redis.call('HSET', K.login_of, member, table.concat(left, ' '))
  end
  return member
end
