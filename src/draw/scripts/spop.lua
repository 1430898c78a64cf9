-- Picks as the original application does, with SPOP, in one step; but loses nothing when prizes or entrants run out.
-- K: is_open, prizes, entrants, winners, winners_json, draws, draws_version, due, history, record, member_of, proof, final_entrants, won
-- A: deadline, channel, draw, note (what is kept in place of a proof, as JSON), provenance (as JSON), most_kept (entrants; of
--    more, no list is kept), keep (seconds for which the list is kept)
-- Replies: {'picked', the pairs as HGETALL gives them} | {'refused', state} | {'picked_elsewhere'} | {'moved'}
--          | {'unobserved'} | {'too_late'}
if too_late() then return { 'too_late' } end
if moved() then return { 'moved' } end
local refused = not_pickable(true, true)
if refused then return refused end
if unobserved() then return { 'unobserved' } end
refused = not_pickable(true, false)
if refused then return refused end
redis.call('DEL', K.is_open, K.winners_json)
redis.call('HSET', K.record, 'entrants', redis.call('SCARD', K.entrants))
redis.call('DEL', K.final_entrants)
if redis.call('SCARD', K.entrants) <= tonumber(A.most_kept) then
  redis.call('SUNIONSTORE', K.final_entrants, K.entrants)
  redis.call('EXPIRE', K.final_entrants, A.keep)
end
redis.call('DEL', K.won)
for _ = 1, math.min(redis.call('SCARD', K.prizes), redis.call('SCARD', K.entrants)) do
  local prize, login = redis.call('SPOP', K.prizes), redis.call('SPOP', K.entrants)
  redis.call('HSET', K.winners, prize, login)
  redis.call('HSET', K.won, prize, login)
end
-- Without those of an earlier draw, which may be among the winners.
local pairs_of_this_pick = redis.call('HGETALL', K.won)
redis.call('UNLINK', K.entrants)
redis.call('SET', K.proof, A.note)
won_by(redis.call('HGETALL', K.winners))
redis.call('HSET', K.record, 'provenance', A.provenance)
return { 'picked', pairs_of_this_pick }
