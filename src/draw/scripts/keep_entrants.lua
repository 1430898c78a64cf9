-- Keeps a copy of the entrants as the list of those who were in when the draw closed, unless anything has changed since it
-- was begun: the list of a pick of ours is never touched.
-- K: entrants, record, final_entrants, copy (of the entrants)
-- A: count (how many were in when the copy was begun)
-- Replies: {'kept'} | {'changed'}
local is_closed = redis.call('HGET', K.record, 'phase') == 'closed'
local count = tonumber(A.count)
if not is_closed or redis.call('SCARD', K.entrants) ~= count or redis.call('ZCARD', K.copy) ~= count then
  redis.call('UNLINK', K.copy)
  return { 'changed' }
end
redis.call('UNLINK', K.final_entrants)
redis.call('RENAME', K.copy, K.final_entrants)
return { 'kept' }
