-- Closes the draw.
-- KEYS: is_open, prizes, entrants, winners
-- ARGV: deadline
-- Replies: {'closed', number of entrants} | {'not_open', state} | {'too_late'}
if too_late(ARGV[1]) then return { 'too_late' } end
local state = draw_state(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
if redis.call('DEL', KEYS[1]) == 0 then return { 'not_open', state } end
return { 'closed', redis.call('SCARD', KEYS[3]) }
