-- Cancels a draw that is on: nobody wins, and its channel is free for the next one.
-- K: is_open, prizes, entrants, winners, winners_json, draws, draws_version, due, history, record, member_of, commitment
-- A: deadline, channel, draw, reason (or '')
-- Replies: {'cancelled', number of entrants} | {'refused', state} | {'being_picked'} | {'picked_elsewhere'} | {'moved'}
--          | {'unobserved'} | {'too_late'}
local refused = not_changeable()
if refused then return refused end
local entrants = redis.call('SCARD', K.entrants)
redis.call('UNLINK', K.is_open, K.prizes, K.entrants, K.winners, K.winners_json)
redis.call('HSET', K.record, 'entrants', entrants, 'cancel_reason', A.reason)
set_phase(K.record, A.draw, 'cancelled', '')
finish(K.record, A.draw)
return { 'cancelled', entrants }
