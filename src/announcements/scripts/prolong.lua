-- Prolongs the lease, if it is still this turn's.
-- K: lease
-- A: turn, milliseconds
-- Replies: 1 when it is, else 0
if redis.call('GET', K.lease) ~= A.turn then return 0 end
return redis.call('PEXPIRE', K.lease, A.milliseconds)
