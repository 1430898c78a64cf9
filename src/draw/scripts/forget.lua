-- Forgets finished draws whose winners are in the announcer's record, unless somebody else has meanwhile.
-- KEYS: finished
-- ARGV: how many items of the list, the first of them
-- Replies: {'forgotten'} | {'gone'}
if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[2] then return { 'gone' } end
redis.call('LTRIM', KEYS[1], ARGV[1], -1)
return { 'forgotten' }
