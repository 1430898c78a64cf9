-- Picks as the original application does, with SPOP, in one step; but loses nothing when prizes or entrants run out.
-- KEYS: is_open, prizes, entrants, winners, winners_json, proof, entrants of the proof
-- ARGV: deadline, what is kept in place of a proof, as JSON
-- Replies: {'picked', prize, login, prize, login, …} | {'refused', state} | {'too_late'}
if too_late(ARGV[1]) then return { 'too_late' } end
local refused = not_pickable(KEYS[1], KEYS[2], KEYS[3], KEYS[4], true)
if refused then return { 'refused', refused } end
local reply = { 'picked' }
redis.call('DEL', KEYS[1], KEYS[5])
for _ = 1, math.min(redis.call('SCARD', KEYS[2]), redis.call('SCARD', KEYS[3])) do
  local prize, login = redis.call('SPOP', KEYS[2]), redis.call('SPOP', KEYS[3])
  redis.call('HSET', KEYS[4], prize, login)
  reply[#reply + 1] = prize
  reply[#reply + 1] = login
end
redis.call('UNLINK', KEYS[3], KEYS[7])
redis.call('SET', KEYS[6], ARGV[2])
return reply
