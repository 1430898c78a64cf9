-- Adds prizes to a draw that is on: all of those that are given, or none.
-- K: is_open, prizes, entrants, winners, draws, draws_version, due, record, member_of, commitment
-- A: deadline, channel, draw, before (the record's prizes as JSON, as they were read), after (the same with the new ones),
--    last_change (as JSON), most (prizes of a draw); from REST on the prizes
-- Replies: {'added', number of prizes there are now} | {'there', which are there already, 0 for the first, separated by
--             spaces} | {'too_many', number of prizes}
--          | {'changed'}: the record has other prizes than were read | {'refused', state} | {'being_picked'}
--          | {'picked_elsewhere'} | {'moved'} | {'unobserved'} | {'too_late'}
local refused = not_changeable()
if refused then return refused end
if redis.call('HGET', K.record, 'prizes') ~= A.before then return { 'changed' } end
local there = {}
for i = REST, #ARGV do
  if redis.call('SISMEMBER', K.prizes, ARGV[i]) == 1 then there[#there + 1] = string.format('%d', i - REST) end
end
if #there > 0 then return { 'there', table.concat(there, ' ') } end
local count = redis.call('SCARD', K.prizes)
if count + #ARGV - REST + 1 > tonumber(A.most) then return { 'too_many', count } end
for i = REST, #ARGV do redis.call('SADD', K.prizes, ARGV[i]) end
redis.call('HSET', K.record, 'prizes', A.after, 'prize_count', redis.call('SCARD', K.prizes))
changed(A.last_change)
return { 'added', redis.call('SCARD', K.prizes) }
