-- Keeps what has been announced, if the one who writes still holds the lease.
-- KEYS: lease, record
-- ARGV: turn, JSON
-- Replies: 1 when it was kept, else 0
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
return 1
