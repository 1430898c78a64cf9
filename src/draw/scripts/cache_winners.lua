-- Caches the winners as they are shown, unless there is a cache or the winners are no longer those.
-- KEYS: winners, winners_json
-- ARGV: JSON, prize, login, prize, login, …
-- Replies: {'cached'} | {'kept'}
if redis.call('EXISTS', KEYS[2]) == 1 or redis.call('HLEN', KEYS[1]) * 2 ~= #ARGV - 1 then return { 'kept' } end
for i = 2, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) ~= ARGV[i + 1] then return { 'kept' } end
end
redis.call('SET', KEYS[2], ARGV[1])
return { 'cached' }
