-- Prolongs the lease, if it is still this turn's.
-- KEYS: lease
-- ARGV: turn, milliseconds
-- Replies: 1 when it is, else 0
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
