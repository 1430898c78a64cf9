-- Gives the lease up, if it is still this turn's.
-- K: lease
-- A: turn
-- Replies: 1 when it was, else 0
if redis.call('GET', K.lease) ~= A.turn then return 0 end
return redis.call('DEL', K.lease)
