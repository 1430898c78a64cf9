-- Put in front of the scripts that need the settings which all processes must have in common.

-- The settings in which this process differs from those that are in use, as name, value in use ('' for none), name, value, ….
-- The first process of all says which they are, unless it has differed before: a Redis that has lost them does not make a
-- staging copy the one that counts.
-- K: settings. A: may_set (1 or 0). From REST on name, value, name, value, …
local function differing()
  local found, missing = {}, {}
  for i = REST, #ARGV, 2 do
    local used = redis.call('HGET', K.settings, ARGV[i])
    if not used then missing[#missing + 1] = i end
    if used and used ~= ARGV[i + 1] or not used and A.may_set ~= '1' then
      found[#found + 1] = ARGV[i]
      found[#found + 1] = used or ''
    end
  end
  if #found == 0 then
    for _, i in ipairs(missing) do redis.call('HSET', K.settings, ARGV[i], ARGV[i + 1]) end
  end
  return found
end
