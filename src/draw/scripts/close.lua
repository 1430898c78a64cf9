-- Closes the draw.
-- K: is_open, prizes, entrants, winners, draws, draws_version, due, record, member_of
-- A: deadline, channel, draw
-- Replies: {'closed', number of entrants} | {'not_open', state} | {'moved'} | {'unobserved'} | {'too_late'}
if too_late() then return { 'too_late' } end
if moved() then return { 'moved' } end
local state = draw_state()
if redis.call('EXISTS', K.is_open) == 0 then return { 'not_open', state } end
if unobserved() then return { 'unobserved' } end
redis.call('DEL', K.is_open)
local entrants = redis.call('SCARD', K.entrants)
redis.call('HSET', K.record, 'entrants', entrants)
set_phase(K.record, A.draw, 'closed', '')
return { 'closed', entrants }
