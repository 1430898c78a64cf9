-- Keeps a copy of the entrants as the list of those who were in when the draw closed, while it is closed: the list of a pick
-- of ours is never touched. A copy with as many is not made anew.
-- K: entrants, record, final_entrants
-- A: most_kept (entrants; of more, no list is kept), keep (seconds for which the list is kept)
-- Replies: {'kept'} | {'none'}
local count = redis.call('SCARD', K.entrants)
if redis.call('HGET', K.record, 'phase') ~= 'closed' or count == 0 or count > tonumber(A.most_kept) then return { 'none' } end
if redis.call('HGET', K.record, 'kept_entrants') == string.format('%d', count) then return { 'kept' } end
redis.call('SUNIONSTORE', K.final_entrants, K.entrants)
redis.call('EXPIRE', K.final_entrants, A.keep)
redis.call('HSET', K.record, 'kept_entrants', string.format('%d', count))
return { 'kept' }
