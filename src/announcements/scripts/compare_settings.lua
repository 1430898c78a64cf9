-- Compares the settings of this process with those in use.
-- K: settings
-- A: may_set (see differing.lua); from REST on name, value, …
-- Replies: {'differing', name, value in use, …}
return { 'differing', unpack(differing()) }
