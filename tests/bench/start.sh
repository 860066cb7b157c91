# SPDX-License-Identifier: LGPL-2.1-or-later
# From the first call of the API to the first answer, of a host with three endpoints and a client in the same process. Sourced by
# run.sh.
rm -f "$bench/start"
round=0
while [ $round -lt 5 ]
do
    start_services "$(free_port $((BENCH_PORT + 60)))" || break
    awk '/^serving/ { print $5 }' "$bench/services.out" >> "$bench/start"
    stop_services
    round=$((round + 1))
done
if [ -f "$bench/start" ]
then
    echo "first answer after $(median "$bench/start" 1) ms"
    verdict "start: the first call of the API to the first answer, ms" "$(median "$bench/start" 1)" most 20
fi
