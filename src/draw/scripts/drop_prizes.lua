-- Takes prizes out of a draw that is on: all of those that are given, or none; never the last one.
-- K: is_open, prizes, entrants, winners, draws, draws_version, due, record, member_of, commitment
-- A: deadline, channel, draw, before (the record's prizes as JSON, as they were read), after (the same without those),
--    last_change (as JSON); from REST on the prizes
-- Replies: {'dropped', number of prizes there are now} | {'not_there', which are not there, 0 for the first, separated by
--             spaces} | {'last'}: none would be left
--          | {'changed'}: the record has other prizes than were read | {'refused', state} | {'being_picked'}
--          | {'picked_elsewhere'} | {'moved'} | {'unobserved'} | {'too_late'}
local refused = not_changeable()
if refused then return refused end
if redis.call('HGET', K.record, 'prizes') ~= A.before then return { 'changed' } end
local missing = {}
for i = REST, #ARGV do
  if redis.call('SISMEMBER', K.prizes, ARGV[i]) == 0 then missing[#missing + 1] = string.format('%d', i - REST) end
end
if #missing > 0 then return { 'not_there', table.concat(missing, ' ') } end
if redis.call('SCARD', K.prizes) - (#ARGV - REST + 1) < 1 then return { 'last' } end
for i = REST, #ARGV do redis.call('SREM', K.prizes, ARGV[i]) end
redis.call('HSET', K.record, 'prizes', A.after, 'prize_count', redis.call('SCARD', K.prizes))
changed(A.last_change)
return { 'dropped', redis.call('SCARD', K.prizes) }
