# SPDX-License-Identifier: LGPL-2.1-or-later
# A typed purchase order of 100 items in, a receipt out, against the same service on gSOAP. Sourced by run.sh.
native load
${WS_PYTHON:-python3} - > "$bench/order.xml" <<'EOF'
items = ''.join(
    f'<item number="{i + 1}"><sku>PN-{i * 37:05}-XL</sku><productName>Pencil of kind {i} &amp; eraser</productName>'
    f'<quantity>{i % 50 + 1}</quantity><unitPrice>{i % 90}.{i % 100:02}</unitPrice>'
    f'<shipDate>2009-04-{i % 30 + 1:02}T{i % 24:02}:30:00Z</shipDate>'
    + ('<comment>Please deliver between nine and five, ring twice.</comment>' if i % 4 == 0 else '') + '</item>'
    for i in range(100))
print('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Submit xmlns="http://example.com/orders"><order>'
      '<customer>Example Trading Company</customer><street>742 Evergreen Terrace</street><city>Springfield</city>'
      f'<orderDate>2009-03-14T08:00:00Z</orderDate><total>123456.75</total>{items}</order></Submit></s:Body></s:Envelope>', end='')
EOF
order_load()
{
    $pin_load "$bench/load" "$1" /orders "$bench/order.xml" http://example.com/orders/Submit 16 0 "$BENCH_SECONDS"
}

rm -f "$bench"/orders-*
gsoap_port=$(free_port $((BENCH_PORT + 30)))
ours_port=$(free_port $((gsoap_port + 1)))
if start_gsoap_orders "$gsoap_port" && gsoap_pid=$pids && start_services "$ours_port" $pin_server
then
    for port in $ours_port $gsoap_port
    do
        reply=$(curl -s --max-time 20 -H 'Content-Type: text/xml; charset=utf-8' -H 'SOAPAction: "http://example.com/orders/Submit"' \
            --data-binary "@$bench/order.xml" "http://127.0.0.1:$port/orders")
        case $reply in
        *items\>100\<*pieces\>2550\<*) ;;
        *) echo "wrong answer: $reply" ;;
        esac
    done
    round=0
    while [ $round -lt "$BENCH_ROUNDS" ]
    do
        order_load "$ours_port" >> "$bench/orders-ours"
        order_load "$gsoap_port" >> "$bench/orders-gsoap"
        round=$((round + 1))
    done
    ours=$(median "$bench/orders-ours" 2) theirs=$(median "$bench/orders-gsoap" 2)
    echo "$(wc -c < "$bench/order.xml") bytes, 16 connections, orders a second: ours $((ours / BENCH_SECONDS))," \
        "gSOAP $((theirs / BENCH_SECONDS))"
    verdict "purchase order of 100 items: orders per second / gSOAP server" "$(ratio "$ours" "$theirs")" least 3
    stop_services
    kill "$gsoap_pid"
fi
