-- Put in front of the scripts that need the settings which all processes must have in common.

-- The settings in which this process differs from those that are in use, as name, value in use, name, …. The first process
-- of all says which they are; so does the first that knows a setting which is new.
-- K: settings. From REST on name, value, name, value, …
local function differing()
  local found = {}
  for i = REST, #ARGV, 2 do
    redis.call('HSETNX', K.settings, ARGV[i], ARGV[i + 1])
    local used = redis.call('HGET', K.settings, ARGV[i])
    if used ~= ARGV[i + 1] then
      found[#found + 1] = ARGV[i]
      found[#found + 1] = used
    end
  end
  return found
end
