-- Writes fields of a hash, if the one who writes still holds the lease. A field whose value is '' is deleted.
-- K: lease, hash
-- A: turn; from REST on field, value, field, value, …
-- Replies: 1 when it was written, else 0
if redis.call('GET', K.lease) ~= A.turn then return 0 end
for i = REST, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', K.hash, ARGV[i])
  else
    redis.call('HSET', K.hash, ARGV[i], ARGV[i + 1])
  end
end
return 1
