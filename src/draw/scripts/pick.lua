-- Carries out a pick as it was decided from a commitment. Sent in a transaction that watches prizes and entrants, so
-- that it is carried out only if nothing has changed.
-- KEYS: is_open, prizes, entrants, winners, winners_json, commitment, copy of the entrants, proof, entrants of the proof
-- ARGV: deadline, the commitment as JSON, the proof as JSON, prize, login, prize, login, …
-- Replies: {'picked'} | {'gone'} | {'contradicted'}: the draw has been picked or opened again since | {'too_late'}
if too_late(ARGV[1]) then return { 'too_late' } end
if redis.call('GET', KEYS[6]) ~= ARGV[2] or redis.call('EXISTS', KEYS[7]) == 0 then return { 'gone' } end
local state = draw_state(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
local reopened = redis.call('EXISTS', KEYS[1]) == 1 and redis.call('EXISTS', KEYS[4]) == 0
if state == 'NO_DRAW' or state == 'DRAW_WON' or reopened then return { 'contradicted' } end

redis.call('DEL', KEYS[1], KEYS[5], KEYS[6])
for i = 4, #ARGV, 2 do
  redis.call('SREM', KEYS[2], ARGV[i])
  redis.call('HSET', KEYS[4], ARGV[i], ARGV[i + 1])
end
-- A million entrants are let go without keeping others waiting.
redis.call('UNLINK', KEYS[3], KEYS[9])
redis.call('RENAME', KEYS[7], KEYS[9])
redis.call('SET', KEYS[8], ARGV[3])
return { 'picked' }
