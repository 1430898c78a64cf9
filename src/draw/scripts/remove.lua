-- Takes an entrant out of a draw that is on, who cannot enter it again.
-- K: is_open, prizes, entrants, winners, draws, draws_version, due, record, member_of, login_of, commitment, final_entrants, removed
-- A: deadline, channel, draw, login
-- Replies: {'removed', member who entered it or '', number of those who are still in} | {'not_in'} | {'removed_before'}
--          | {'refused', state} | {'being_picked'} | {'picked_elsewhere'} | {'moved'} | {'unobserved'} | {'too_late'}
local refused = not_changeable()
if refused then return refused end
if redis.call('SISMEMBER', K.entrants, A.login) == 0 then
  return { redis.call('SISMEMBER', K.removed, A.login) == 1 and 'removed_before' or 'not_in' }
end
local member = take_out(A.login)
redis.call('SADD', K.removed, A.login)
redis.call('HSET', K.record, 'removed', redis.call('SCARD', K.removed))
changed('{"kind":"removed"}')
return { 'removed', member, redis.call('SCARD', K.entrants) }
