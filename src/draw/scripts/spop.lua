-- Picks as the original application does, with SPOP, in one step; but loses nothing when prizes or entrants run out.
-- K: is_open, prizes, entrants, winners, winners_json, draws, draws_version, due, history, record, member_of, proof, won
-- A: deadline, channel, draw, note (what is kept in place of a proof, as JSON), provenance (as JSON)
-- Replies: {'picked', prize, login, prize, login, …} | {'refused', state} | {'picked_elsewhere'} | {'moved'}
--          | {'unobserved'} | {'too_late'}
if too_late() then return { 'too_late' } end
if moved() then return { 'moved' } end
local refused = not_pickable(true, true)
if refused then return refused end
if unobserved() then return { 'unobserved' } end
refused = not_pickable(true, false)
if refused then return refused end
local reply = { 'picked' }
redis.call('DEL', K.is_open, K.winners_json)
redis.call('HSET', K.record, 'entrants', redis.call('SCARD', K.entrants))
for _ = 1, math.min(redis.call('SCARD', K.prizes), redis.call('SCARD', K.entrants)) do
  local prize, login = redis.call('SPOP', K.prizes), redis.call('SPOP', K.entrants)
  redis.call('HSET', K.winners, prize, login)
  reply[#reply + 1] = prize
  reply[#reply + 1] = login
end
redis.call('UNLINK', K.entrants)
redis.call('SET', K.proof, A.note)
won_by(redis.call('HGETALL', K.winners))
redis.call('HSET', K.record, 'provenance', A.provenance)
return reply
