-- Gives the lease up, if it is still this turn's.
-- KEYS: lease
-- ARGV: turn
-- Replies: 1 when it was, else 0
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
