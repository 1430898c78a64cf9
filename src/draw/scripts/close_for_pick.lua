-- Closes a draw that is to be picked, so that nobody enters any more while the entrants are read.
-- K: is_open, prizes, entrants, winners, draws, draws_version, due, record, member_of
-- A: deadline, channel, draw, may_close (1 if the draw may be open, else 0), may_be_fewer (1 if prizes or entrants may have
--    left, else 0)
-- Replies: {'closed', number of prizes, number of entrants} | {'refused', state} | {'picked_elsewhere'} | {'moved'}
--          | {'unobserved'} | {'too_late'}
if too_late() then return { 'too_late' } end
if moved() then return { 'moved' } end
local refused = not_pickable(A.may_close == '1', true)
if refused then return refused end
if unobserved() then return { 'unobserved' } end
refused = not_pickable(A.may_close == '1', A.may_be_fewer == '1')
if refused then return refused end
local entrants = redis.call('SCARD', K.entrants)
if redis.call('EXISTS', K.is_open) == 1 then
  -- With winners of an earlier draw still there, a closed draw would count as over: that is left open, without its timer, and
  -- nobody enters it once there is a commitment; the pick itself closes it.
  local stays_open = redis.call('EXISTS', K.winners) == 1
  -- First what Redis refuses when it is full: the draw stays open then.
  redis.call('HSET', K.record, 'entrants', entrants)
  if stays_open then redis.call('PERSIST', K.is_open) else redis.call('DEL', K.is_open) end
  set_phase(K.record, A.draw, stays_open and 'open' or 'closed', '')
end
return { 'closed', redis.call('SCARD', K.prizes), entrants }
