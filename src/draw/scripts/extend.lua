-- Has the draw close later: by so much; where it has no timer, so long from now; where it has closed, it is opened again.
-- K: is_open, prizes, entrants, winners, draws, draws_version, due, record, member_of, commitment, final_entrants
-- A: deadline, channel, draw, ms (by how much, in milliseconds), most (milliseconds from now until it may close)
-- Replies: {'later' or 'timed' (it had no timer) or 'reopened', milliseconds since the epoch when it closes}
--          | {'too_long', milliseconds until it closes now} | {'refused', state} | {'being_picked'} | {'picked_elsewhere'}
--          | {'moved'} | {'unobserved'} | {'too_late'}
local refused = not_changeable()
if refused then return refused end
local left = redis.call('PTTL', K.is_open)
local kind = left >= 0 and 'later' or left == -1 and 'timed' or 'reopened'
local open_for = math.max(left, 0) + tonumber(A.ms)
if open_for > tonumber(A.most) then return { 'too_long', ms_text(math.max(left, 0)) } end
if kind == 'reopened' then
  redis.call('SET', K.is_open, 'true')
  forget_kept()
end
redis.call('PEXPIRE', K.is_open, ms_text(open_for))
local closes_at = ms_text(now_ms() + open_for)
redis.call('HSET', K.record, 'closes_at', closes_at, 'was_open', '1')
changed('{"kind":"' .. kind .. '","ms":' .. ms_text(tonumber(A.ms)) .. '}')
return { kind, closes_at }
