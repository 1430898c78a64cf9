-- Lays down who takes part in a pick, for what, and what decides; unless somebody else has.
-- KEYS: commitment, copy of the entrants
-- ARGV: deadline, the commitment as JSON
-- Replies: {'committed'} | {'taken'} | {'too_late'}
if too_late(ARGV[1]) then return { 'too_late' } end
if redis.call('EXISTS', KEYS[1]) == 1 then return { 'taken' } end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('PERSIST', KEYS[2])
return { 'committed' }
