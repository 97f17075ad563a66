-- The URL of the command line, over and over.
request = function() return wrk.format("GET") end
