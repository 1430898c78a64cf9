-- Carries out a pick as it was decided from a commitment. Sent in a transaction that watches prizes and entrants, so
-- that it is carried out only if nothing has changed since they were read.
-- K: is_open, prizes, entrants, winners, winners_json, draws, draws_version, due, history, record, commitment, proof,
--    final_entrants, won
-- A: deadline, channel, draw, commitment (as JSON), proof (as JSON), provenance (as JSON), keep (how long the list of
--    entrants is kept, in seconds); from REST on prize, login, prize, login, …
-- Replies: {'picked'} | {'gone'} | {'contradicted'}: the draw has been picked or opened again since | {'too_late'}
if too_late() then return { 'too_late' } end
if redis.call('GET', K.commitment) ~= A.commitment then return { 'gone' } end
local state = draw_state()
local reopened = redis.call('EXISTS', K.is_open) == 1 and redis.call('EXISTS', K.winners) == 0
local is_over = state == 'NO_DRAW' or state == 'DRAW_WON' or redis.call('EXISTS', K.entrants) == 0
if moved() or is_over or reopened then return { 'contradicted' } end

redis.call('DEL', K.is_open, K.winners_json, K.commitment)
for i = REST, #ARGV, 2 do
  redis.call('SREM', K.prizes, ARGV[i])
  redis.call('HSET', K.winners, ARGV[i], ARGV[i + 1])
end
-- However many there are, they are not copied, and a list from when the draw closed is let go without keeping others waiting.
redis.call('UNLINK', K.final_entrants)
redis.call('RENAME', K.entrants, K.final_entrants)
redis.call('EXPIRE', K.final_entrants, A.keep)
redis.call('SET', K.proof, A.proof)
won_by(redis.call('HGETALL', K.winners))
redis.call('HSET', K.record, 'provenance', A.provenance)
return { 'picked' }
