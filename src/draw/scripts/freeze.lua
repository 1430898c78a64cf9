-- Closes a draw that is to be picked, so that nobody enters any more; or only looks whether it can be picked.
-- K: is_open, prizes, entrants, winners, draws, draws_version, due, record, member_of
-- A: deadline, channel, draw, may_close (1 if the draw may be open, else 0), may_be_fewer (1 if prizes or entrants may have
--    left), closes (1 to close it, 0 to look)
-- Replies: {'ready'} | {'refused', state} | {'picked_elsewhere'} | {'moved'} | {'unobserved'} | {'too_late'}
if too_late() then return { 'too_late' } end
if moved() then return { 'moved' } end
local refused = not_pickable(A.may_close == '1', true)
if refused then return refused end
if unobserved() then return { 'unobserved' } end
refused = not_pickable(A.may_close == '1', A.may_be_fewer == '1')
if refused then return refused end
if A.closes == '1' then
  close_for_pick()
  local phase = redis.call('EXISTS', K.is_open) == 1 and 'open' or 'closed'
  redis.call('HSET', K.record, 'entrants', redis.call('SCARD', K.entrants))
  set_phase(K.record, A.draw, phase, '')
end
return { 'ready' }
