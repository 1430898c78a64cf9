-- Reads what a pick needs, and keeps a copy by which pick.lua sees whether anything has changed since.
-- KEYS: is_open, prizes, entrants, winners, copy of the prizes, copy of the entrants
-- ARGV: seconds to keep the copies
-- Replies: {'ready', prizes, entrants} | {'refused', state}
local state = draw_state(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
local open = redis.call('EXISTS', KEYS[1]) == 1
if redis.call('EXISTS', KEYS[2]) == 0 or redis.call('EXISTS', KEYS[3]) == 0 or (state == 'DRAW_WON' and not open) then
  return { 'refused', state }
end
redis.call('SUNIONSTORE', KEYS[5], KEYS[2])
redis.call('SUNIONSTORE', KEYS[6], KEYS[3])
redis.call('EXPIRE', KEYS[5], ARGV[1])
redis.call('EXPIRE', KEYS[6], ARGV[1])
return { 'ready', redis.call('SMEMBERS', KEYS[2]), redis.call('SMEMBERS', KEYS[3]) }
