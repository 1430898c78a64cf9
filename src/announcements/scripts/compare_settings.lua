-- Compares the settings of this process with those in use.
-- K: settings
-- A: none; from REST on name, value, …
-- Replies: {name, value in use, …} of those that differ
return differing()
