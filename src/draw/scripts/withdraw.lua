-- Withdraws a commitment that the draw has contradicted since, and its copy of the entrants.
-- K: is_open, winners, draws, draws_version, due, record, commitment, copy (of the entrants)
-- A: channel, draw, json (the commitment)
-- Replies: {'withdrawn'} | {'gone'}
redis.call('UNLINK', K.copy)
if redis.call('GET', K.commitment) ~= A.json then return { 'gone' } end
redis.call('DEL', K.commitment)
if moved() then return { 'withdrawn' } end
-- Open because it could not be closed; where another program has opened it, `observe` tells which draw that is.
local is_open = redis.call('EXISTS', K.is_open) == 1 and redis.call('EXISTS', K.winners) == 1
set_phase(K.record, A.draw, is_open and 'open' or 'closed', '')
return { 'withdrawn' }
