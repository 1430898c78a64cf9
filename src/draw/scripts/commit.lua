-- Commits to who takes part in a pick that the draw has been closed for, for what, and what decides; unless somebody else has.
-- Whether the sets have stayed the same is proven when the pick is carried out; here, only their numbers are looked at.
-- K: is_open, prizes, entrants, winners, draws, draws_version, due, record, commitment
-- A: deadline, channel, draw, prizes, entrants (their numbers when the draw was closed), json (the commitment), is_asked (1
--    where an organiser asks for it, 0 where a pick is begun again), most (commitments for one asking)
-- Replies: {'committed'} | {'taken'} | {'changed'} | {'enough'} | {'refused', state} | {'too_late'}
if too_late() then return { 'too_late' } end
if moved() then return { 'changed' } end
if redis.call('EXISTS', K.commitment) == 1 then return { 'taken' } end
local refused = not_pickable(false, true)
if refused then return refused end
if redis.call('SCARD', K.prizes) ~= tonumber(A.prizes) or redis.call('SCARD', K.entrants) ~= tonumber(A.entrants) then
  return { 'changed' }
end
local before_it = A.is_asked == '1' and 0 or number_of(K.record, 'pick_attempts')
if before_it >= tonumber(A.most) then return { 'enough' } end
-- First what Redis refuses when it is full: nothing is half done then.
redis.call('SET', K.commitment, A.json)
-- One commitment a line: those before were withdrawn, and stay in the record.
local before = redis.call('HGET', K.record, 'commitments')
redis.call('HSET', K.record, 'commitments', before and before .. '\n' .. A.json or A.json,
  'entrants', A.entrants, 'pick_attempts', string.format('%d', before_it + 1))
redis.call('HDEL', K.record, 'gave_up')
set_phase(K.record, A.draw, 'committed', '')
return { 'committed' }
