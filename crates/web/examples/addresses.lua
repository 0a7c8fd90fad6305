-- For wrk: asks for one address of the file LIST after the other, each thread from another place.
local addresses = {}
for line in io.lines(os.getenv("LIST")) do addresses[#addresses + 1] = line end
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
local at = 0
function init(args) math.randomseed(id + 1); at = math.random(#addresses) end
function request() at = at % #addresses + 1; return wrk.format("GET", addresses[at]) end
