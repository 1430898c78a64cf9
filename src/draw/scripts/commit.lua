-- Commits to who takes part in a pick, for what, and what decides, and closes the draw; unless somebody else has. Sent in a
-- transaction that watches prizes and entrants.
-- K: is_open, prizes, entrants, winners, draws, draws_version, due, record, commitment, copy (of the entrants)
-- A: deadline, channel, draw, may_close (1 if the draw may be open, else 0), may_be_fewer (1 if prizes or entrants may have
--    left), json (the commitment), is_asked (1 where an organiser asks for it, 0 where a pick is begun again), most
--    (commitments for one asking)
-- Replies: {'committed'} | {'taken'} | {'enough'} | {'refused', state} | {'picked_elsewhere'} | {'moved'} | {'too_late'}
if too_late() then return { 'too_late' } end
local refused = not_pickable(A.may_close == '1', A.may_be_fewer == '1')
if refused then return refused end
if moved() then return { 'moved' } end
if redis.call('EXISTS', K.commitment) == 1 then return { 'taken' } end
local before_it = A.is_asked == '1' and 0 or number_of(K.record, 'pick_attempts')
if before_it >= tonumber(A.most) then return { 'enough' } end
-- First what Redis refuses when it is full: nothing is half done then.
redis.call('SET', K.commitment, A.json)
-- For a week: a bot that was away for longer begins again.
redis.call('EXPIRE', K.copy, 7 * 86400)
close_for_pick()
-- One commitment a line: those before were withdrawn, and stay in the record.
local before = redis.call('HGET', K.record, 'commitments')
redis.call('HSET', K.record, 'commitments', before and before .. '\n' .. A.json or A.json,
  'entrants', redis.call('SCARD', K.entrants), 'pick_attempts', string.format('%d', before_it + 1))
redis.call('HDEL', K.record, 'gave_up')
set_phase(K.record, A.draw, 'committed', '')
return { 'committed' }
