-- Withdraws a commitment that the draw has contradicted since, or that nobody can read. The record says so until the
-- next commitment.
-- K: is_open, winners, draws, draws_version, due, record, commitment
-- A: channel, draw, json (the commitment), reason, is_final (1 where the pick is given up in any case, else 0), most
--    (commitments before it is)
-- Replies: {'withdrawn'} | {'gave_up'} | {'gone'}
if redis.call('GET', K.commitment) ~= A.json then return { 'gone' } end
redis.call('DEL', K.commitment)
if moved() then return { 'withdrawn' } end
-- Open because it could not be closed; where another program has opened it, `observe` tells which draw that is.
local is_open = redis.call('EXISTS', K.is_open) == 1 and redis.call('EXISTS', K.winners) == 1
local gives_up = A.is_final == '1' or number_of(K.record, 'pick_attempts') >= tonumber(A.most)
redis.call('HSET', K.record, 'gave_up',
  '{"at":' .. now_ms() .. ',"reason":"' .. A.reason .. '","isFinal":' .. tostring(gives_up) .. '}')
set_phase(K.record, A.draw, is_open and 'open' or 'closed', '')
return { gives_up and 'gave_up' or 'withdrawn' }
