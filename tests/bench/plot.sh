#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# make bench-plot: requests per second and processor time per request over 1 to 1,024 connections, of the calculator and its peers,
# as a picture: doc/performance.png. BENCH_CONNECTIONS and the other variables of run.sh apply.
: "${BENCH_CONNECTIONS:=1 4 16 64 256 1024}"
export BENCH_CONNECTIONS
command -v gnuplot > /dev/null || { echo "error: gnuplot is not installed (Debian package gnuplot-nox)" >&2; exit 1; }
BENCH=http sh "$WS_SRC/tests/bench/run.sh" || exit 1
bench=$WS_OUT/bench-run
for server in calculator epoll nginx gsoap
do
    rm -f "$bench/plot-$server"
    for connections in $BENCH_CONNECTIONS
    do
        file=$bench/$server-$connections.csv
        [ -f "$file" ] || continue
        for column in 1 2; do cut -d' ' -f$column "$file" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; done |
            tr '\n' ' ' | sed "s/^/$connections /; s/\$/\n/" >> "$bench/plot-$server"
    done
done
gnuplot <<EOF || exit 1
set terminal pngcairo size 1000,460 font "sans,10" background "white"
set output "$WS_SRC/doc/performance.png"
set multiplot layout 1,2
set logscale x 2
set xtics ($(echo $BENCH_CONNECTIONS | tr ' ' ','))
set grid ytics lc rgb "#dddddd"
set border 3
set tics nomirror
set yrange [0:*]
set key bottom right
names = "calculator epoll nginx gsoap"
titles = "'this DLL under Wine' 'epoll loop, fixed reply' 'nginx, fixed body' 'gSOAP server'"
colors = "#c0392b #7f8c8d #27ae60 #2980b9"
set xlabel "keep-alive connections"
set title "requests per second, thousands"
plot for [i=1:4] "$bench/plot-".word(names, i) using 1:(\$2/1000) with linespoints lw 2 pt 7 ps 0.7 \
    lc rgb word(colors, i) title word(titles, i)
set title "processor time per request, microseconds"
unset key
plot for [i=1:4] "$bench/plot-".word(names, i) using 1:(\$3/1000) with linespoints lw 2 pt 7 ps 0.7 \
    lc rgb word(colors, i) title word(titles, i)
unset multiplot
EOF
echo "==> doc/performance.png"
