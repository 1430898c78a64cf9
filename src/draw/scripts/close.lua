-- Closes the draw.
-- KEYS: is_open, prizes, entrants, winners
-- Replies: {'closed', number of entrants} | {'not_open', state}
local state = draw_state(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
if redis.call('DEL', KEYS[1]) == 0 then return { 'not_open', state } end
return { 'closed', redis.call('SCARD', KEYS[3]) }
