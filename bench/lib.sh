# lib.sh - what the benchmarks share: a paper on one core, its load on the other, nginx beside it.
# To be sourced by a script of script/; leaves nothing behind.
cd "$(dirname "$0")/.."
script/bootstrap bench
make --no-print-directory -s bench-programs
# where the system allows it nothing else on the machine interrupts what is measured, or its peer
alone=; chrt -f 10 true 2>/dev/null && alone="chrt -f 10"
seconds=${SECONDS_EACH:-5}; rounds=${ROUNDS:-3}; stories=${STORIES:-10000}
work=$(mktemp -d "${TMPDIR:-/tmp}/broadsheet-bench-XXXXXX")
pids=() measured=
finish() { for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT

port_of() { sed -n 's/.*http:\/\/[^:]*:\([0-9]*\)$/\1/p' "$1"; }
# serve DATA words... : starts on core 0, sets $port and $server
serve() {
  local data=$1; shift
  : >"$work/out"
  taskset -c 0 ${measured:+$alone} build/broadsheet serve --data "$data" --listen 127.0.0.1:0 --threads 1 --quiet "$@" \
    >"$work/out" 2>>"$work/err" &
  server=$!; pids+=("$server")
  until port=$(port_of "$work/out") && [ -n "$port" ]; do
    kill -0 "$server" || { cat "$work/err"; exit 1; }
    sleep 0.02
  done
}
stop() { kill "$1"; wait "$1" 2>/dev/null || true; }
# load PORT PATH: prints "requests/s p50-ms p99-ms"
load() { taskset -c 1 $alone build/bench/load "$1" "$2" 64 "$seconds"; }
median() { sort -n | awk '{v[NR]=$1} END {print (NR%2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2)}'; }
rss_mb() { awk '/VmRSS/ {printf "%.0f", $2/1024}' "/proc/$1/status"; }
# the figures count the paper alone, so its pictures are made first
wait_for_pictures() {
  until [ "$(sqlite3 -readonly "$1/paper.db" 'SELECT count(*) FROM media WHERE state = 0')" = 0 ]; do sleep 0.5; done
}
take_sample() {
  echo "taking in the sample edition and making its pictures..." >&2
  # the widths that the tests have kept are as good
  [ ! -d build/sample-media ] || { mkdir -p "$work/sample"; cp -r build/sample-media "$work/sample/media"; }
  serve "$work/sample" --sample
  wait_for_pictures "$work/sample"
  stop "$server"
}
# a story of usual length: $path, its $bytes, and the same bytes for nginx
choose_story() {
  path=$(sqlite3 -readonly "$work/sample/paper.db" \
    'SELECT path FROM story WHERE public_state = 2 AND words BETWEEN 300 AND 700 ORDER BY id LIMIT 1')
  mkdir -p "$work/www$(dirname "$path")"
  curl -s "http://127.0.0.1:$port$path" >"$work/www$path"
  bytes=$(stat -c %s "$work/www$path")
}
# start_nginx: serves $work/www on core 0 at $nginx_port
start_nginx() {
  nginx_port=$((20000 + RANDOM % 20000))
  cat >"$work/nginx.conf" <<CONF
$( [ "$(id -u)" = 0 ] && echo "user root;" ) worker_processes 1; worker_cpu_affinity 01; pid $work/nginx.pid; error_log $work/nginx.err; daemon off;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type text/html;
  open_file_cache max=1000 inactive=60s; open_file_cache_valid 60s;
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3; uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  server { listen 127.0.0.1:$nginx_port; root $work/www; } }
CONF
  $alone nginx -c "$work/nginx.conf" -p "$work" 2>>"$work/err" & pids+=($!)
  until curl -s -o /dev/null "http://127.0.0.1:$nginx_port/"; do sleep 0.05; done
}
make_certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
}
# of a paper that was served over TLS as well: $secure is its port
wait_for_tls() {
  until secure=$(sed -n 's/^and over TLS at .*:\([0-9]*\)$/\1/p' "$work/out") && [ -n "$secure" ]; do sleep 0.02; done
}
# at_desk words...: curl, as whoever has signed in
at_desk() { curl -s -b "$work/jar" -c "$work/jar" -H "Origin: http://localhost:$port" "$@"; }
# sign_in: the first of the staff, at the paper that was served last; $token, which stands in all forms
sign_in() {
  local link form
  link=http://localhost:$port/$(grep -o 'desk/welcome/[^ ]*' "$work/out")
  form=$(at_desk "$link" | grep -o 'name="token" value="[0-9a-f]*"' | head -1 | cut -d'"' -f4)
  at_desk -o /dev/null -d "token=$form" -d name=Bench -d email=bench@paper.example \
    -d 'password=seven grey gulls at noon' "$link"
  token=$(at_desk "http://localhost:$port/desk" | grep -o 'name="desk-token" content="[0-9a-f]*"' | cut -d'"' -f4)
  [ -n "$token" ]
}
# keep_table NAME END: $work/NAME between its marks of docs/performance.md
keep_table() {
  [ -f docs/performance.md ] || return 0
  { sed "/<!-- $1 -->/q" docs/performance.md; echo; cat "$work/$1"; echo
    sed -n "/<!-- $2 -->/,\$p" docs/performance.md; } >"$work/doc"
  cp "$work/doc" docs/performance.md
}
