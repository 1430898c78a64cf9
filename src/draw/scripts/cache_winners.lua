-- Keeps the winners as they are shown, for us and for other programs, unless the winners are no longer those. Other
-- programs' cache is left as it is, once they have one.
-- K: winners, winners_json, shown
-- A: theirs (JSON for winners_json), ours (JSON for shown; '' where there is no record); from REST on prize, login, prize, login, …
-- Replies: {'cached'} | {'kept'}
if redis.call('HLEN', K.winners) * 2 ~= #ARGV - REST + 1 then return { 'kept' } end
for i = REST, #ARGV, 2 do
  if redis.call('HGET', K.winners, ARGV[i]) ~= ARGV[i + 1] then return { 'kept' } end
end
if A.ours ~= '' then redis.call('SET', K.shown, A.ours) end
redis.call('SETNX', K.winners_json, A.theirs)
return { 'cached' }
