-- Everything about the draw that a status shows, as it is at one moment.
-- K: is_open, prizes, entrants, winners, draws, record, member_of, login_of, commitment
-- A: channel, draw, member ('' if nobody asks)
-- Replies: {'moved'} | {'status', state, milliseconds until it closes (below 0: no timer), number of entrants, prizes,
--          logins that the member entered, those of them that are among the entrants (both separated by spaces),
--          ID of the draw, what has been committed to for a pick as JSON or '', phase of the record or '',
--          what it says of a pick that was given up or ''}
--          ID, logins, commitment and what the record says are '' where another program has begun a draw that has no record yet.
if moved() then return { 'moved' } end
local is_known = A.draw ~= '' and not unobserved()
local logins = is_known and A.member ~= '' and redis.call('HGET', K.login_of, A.member) or ''
local entered = {}
for login in string.gmatch(logins, '%S+') do
  if redis.call('SISMEMBER', K.entrants, login) == 1 then entered[#entered + 1] = login end
end
return {
  'status',
  draw_state(),
  redis.call('PTTL', K.is_open),
  redis.call('SCARD', K.entrants),
  redis.call('SMEMBERS', K.prizes),
  logins,
  table.concat(entered, ' '),
  is_known and A.draw or '',
  is_known and redis.call('GET', K.commitment) or '',
  is_known and redis.call('HGET', K.record, 'phase') or '',
  is_known and redis.call('HGET', K.record, 'gave_up') or '',
}
