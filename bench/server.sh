# What bench/run measures on the whole server: the program at build/release/carillon as it is shipped, page inside.

start_carillon() {  # start_carillon DATA OPTIONS...: sets carillon_pid and base
  local data=$1 port=$((20000 + RANDOM % 20000)); shift
  base=http://127.0.0.1:$port
  rm -f "$folder/carillon.out"
  "$server" serve --data "$data" --listen 127.0.0.1:$port --log-level warning "$@" >"$folder/carillon.out" 2>"$results/carillon.log" &
  carillon_pid=$!; jobs+=($carillon_pid)
}

answers() { curl -sf -o /dev/null "$1"; }

set_up_carillon() {  # set_up_carillon DATA: with the sandbox, three accounts, an API key; leaves it running
  start_carillon "$1" --sandbox --sandbox-listen 127.0.0.1:$((40000 + RANDOM % 10000))
  await 20 grep -q 'setup#token=' "$folder/carillon.out"
  await 10 answers "$base/livez"
  node bench/visitor.mjs setup "$(grep -o 'http://[^ ]*setup#token=[^ ]*' "$folder/carillon.out")" "$folder/visitor.json"
}

memory_of() { awk '/^VmRSS/ { printf "%.1f", $2 * 1024 / 1e6 }' "/proc/$1/status"; }

load() {  # load WHO URL PIDS...: wrk, with the CPU time that the processes took for it
  local who=$1 url=$2 seconds before after; shift 2
  seconds=$(size 10 2)
  BENCH_WHO=warm wrk -t1 -c64 -d"$(size 3 1)s" -s bench/schedule.lua "$url" >/dev/null
  before=$(node $peers/machine.mjs "$@")
  BENCH_WHO=$who wrk -t1 -c64 -d"${seconds}s" -s bench/schedule.lua "$url" | grep '^{' >"$folder/load"
  after=$(node $peers/machine.mjs "$@")
  node -e 'const l = JSON.parse(require("fs").readFileSync(process.argv[1])); l.cpu_us = (process.argv[3] - process.argv[2]) / l.requests;
    if (l.failed) { console.error(`${l.failed} requests failed`); process.exit(1) } console.log(JSON.stringify(l))' \
    "$folder/load" "$before" "$after" | record
}

measure_schedule() {
  local accounts
  export BENCH_KEY BENCH_BODY
  for ((round = 1; round <= rounds; ++round)); do
    rm -rf "$folder/data"
    set_up_carillon "$folder/data"
    BENCH_KEY=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1])).key' "$folder/visitor.json")
    accounts=$(node -p 'JSON.stringify(JSON.parse(require("fs").readFileSync(process.argv[1])).accounts.map((account) => ({ account })))' "$folder/visitor.json")
    BENCH_BODY='{"content":{"parts":[{"text":"Fresh cakes from nine o'"'"'clock, batch @. Come and see us at the corner!"}]},"targets":'$accounts',"at":{"local":"2037-11-20T09:30","zone":"Europe/Berlin"}}'
    load carillon "$base/api/v1/posts" $carillon_pid
    stop_servers

    start_peer_servers "${durable[@]}"
    rm -f "$folder/fastify"
    node $peers/schedule_server.mjs >"$folder/fastify" &
    jobs+=($!)
    await 20 test -s "$folder/fastify"
    BENCH_KEY=bench_0123456789abcdef0123456789abcdef
    BENCH_BODY='{"content":"Fresh cakes from nine o'"'"'clock, batch @. Come and see us at the corner!","platforms":["x","mastodon","telegram"],"scheduledAt":"2037-11-20T08:30:00Z"}'
    load fastify "$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1])).address' "$folder/fastify")/posts" "${jobs[-1]}" $postgres_pid $redis_pid
    stop_servers
  done
}

measure_idle() {
  local visitor
  for ((round = 1; round <= rounds; ++round)); do
    rm -rf "$folder/data"
    set_up_carillon "$folder/data"
    stop_servers
    start_carillon "$folder/data"
    await 10 answers "$base/readyz"
    rm -f "$folder/visit"
    node bench/visitor.mjs open "$base" "$folder/visitor.json" 60 >"$folder/visit" &
    visitor=$!
    await 20 grep -q open "$folder/visit"
    sleep "$(size 10 2)"
    echo '{"what":"idle","who":"carillon","rss_mb":'"$(memory_of $carillon_pid)}" | record
    kill $visitor
    stop_servers
  done
}

# The real server on a database with so many waiting deliveries: from exec to the first good answer of /readyz.
measure_server_with() {
  local count=$1 began
  rm -rf "$folder/data"
  set_up_carillon "$folder/data"
  stop_servers
  $programs/million fill "$folder/data/carillon.db" "$count" mastodon
  for ((round = 1; round <= rounds; ++round)); do
    began=$(date +%s%N)
    start_carillon "$folder/data"
    until answers "$base/readyz"; do [ $(($(date +%s%N) - began)) -lt 20000000000 ] || exit 1; done
    ready=$((($(date +%s%N) - began) / 1000000))
    sleep "$(size 5 1)"
    echo '{"what":"server_start","who":"carillon","ready_ms":'"$ready"',"rss_mb":'"$(memory_of $carillon_pid)}" | record
    stop_servers
  done
}
