-- Carries out a pick that was decided from a snapshot, unless anything has changed since the snapshot was taken.
-- KEYS: is_open, prizes, entrants, winners, winners_json, copy of the prizes, copy of the entrants
-- ARGV: deadline, prize, login, prize, login, …
-- Replies: {'picked'} | {'changed'} | {'refused', state} | {'too_late'}
if too_late(ARGV[1]) then return { 'too_late' } end
local function same(key, copy)
  return redis.call('SCARD', key) == redis.call('SCARD', copy) and #redis.call('SDIFF', key, copy) == 0
end

local unchanged = same(KEYS[2], KEYS[6]) and same(KEYS[3], KEYS[7])
redis.call('DEL', KEYS[6], KEYS[7])
local state = draw_state(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
if state == 'DRAW_WON' or state == 'NO_DRAW' then return { 'refused', state } end
if not unchanged then return { 'changed' } end

redis.call('DEL', KEYS[1], KEYS[5])
for i = 2, #ARGV, 2 do
  redis.call('SREM', KEYS[2], ARGV[i])
  redis.call('HSET', KEYS[4], ARGV[i], ARGV[i + 1])
end
redis.call('DEL', KEYS[3])
return { 'picked' }
