-- Starts a draw, unless one is open or has closed with entrants who wait for the pick.
-- KEYS: is_open, prizes, entrants, winners, winners_json, member_of, login_of, draw_id, finished, commitment
-- ARGV: deadline, the draw's ID, its duration in seconds (0: until closed by hand), the prizes
-- Replies: {'started'} | {'refused', state} | {'too_late'}
if too_late(ARGV[1]) then return { 'too_late' } end
local state = draw_state(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
if state ~= 'NO_DRAW' and state ~= 'DRAW_WON' and state ~= 'DRAW_CLOSED_NO_ENTRANTS' then
  return { 'refused', state }
end
-- Winners whom nobody may have announced yet: "draw " and its ID, how many, and the pairs.
local won = redis.call('HGETALL', KEYS[4])
if #won > 0 then
  redis.call('RPUSH', KEYS[9], 'draw ' .. (redis.call('GET', KEYS[8]) or ''), #won / 2)
  for i = 1, #won, 2 do redis.call('RPUSH', KEYS[9], won[i], won[i + 1]) end
end
redis.call('UNLINK', KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7], KEYS[10])
for i = 4, #ARGV do redis.call('SADD', KEYS[2], ARGV[i]) end
if ARGV[3] == '0' then
  redis.call('SET', KEYS[1], 'true')
else
  redis.call('SET', KEYS[1], 'true', 'EX', ARGV[3])
end
redis.call('SET', KEYS[8], ARGV[2])
return { 'started' }
