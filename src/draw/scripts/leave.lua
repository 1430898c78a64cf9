-- Takes back an entry that a member made through the bot, while the draw is open.
-- K: is_open, prizes, entrants, winners, draws, draws_version, due, record, member_of, login_of, commitment, final_entrants
-- A: deadline, channel, draw, login ('' for the one that this member entered), member, count_within (milliseconds within
--    which the announcement shows it)
-- Replies: {'left', login} | {'not_in'} | {'not_yours'}: another member entered it, or it is not known who did
--          | {'several', logins of this member, separated by spaces} | {'not_open', state} | {'moved'} | {'unobserved'} | {'too_late'}
if too_late() then return { 'too_late' } end
if moved() then return { 'moved' } end
local state = draw_state()
if state ~= 'DRAW_OPEN_NO_ENTRANTS' and state ~= 'DRAW_OPEN_WITH_ENTRANTS' then return { 'not_open', state } end
if unobserved() then return { 'unobserved' } end
-- Open only because a draw that is being picked cannot be closed while an earlier one's winners are there.
if redis.call('EXISTS', K.commitment) == 1 then return { 'not_open', 'DRAW_CLOSED_WITH_ENTRANTS' } end

local login = A.login
if login == '' then
  local mine = {}
  for each in string.gmatch(redis.call('HGET', K.login_of, A.member) or '', '%S+') do
    local is_in = redis.call('SISMEMBER', K.entrants, each) == 1
    if is_in and redis.call('HGET', K.member_of, each) == A.member then mine[#mine + 1] = each end
  end
  if #mine == 0 then return { 'not_in' } end
  if #mine > 1 then return { 'several', table.concat(mine, ' ') } end
  login = mine[1]
end
if redis.call('SISMEMBER', K.entrants, login) == 0 then return { 'not_in' } end
if redis.call('HGET', K.member_of, login) ~= A.member then return { 'not_yours' } end
take_out(login)
redis.call('HSET', K.record, 'entrants', redis.call('SCARD', K.entrants))
redis.call('HINCRBY', K.record, 'revision', 1)
look_at(A.draw, ms_text(now_ms() + A.count_within))
return { 'left', login }
