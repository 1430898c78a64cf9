-- Takes the lease, or prolongs it for the one who holds it.
-- KEYS: lease
-- ARGV: holder, milliseconds
-- Replies: 1 when it is the holder's, else 0
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
