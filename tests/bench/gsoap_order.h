// SPDX-License-Identifier: LGPL-2.1-or-later
// The purchase order of bench_serial.c and programs/orders.wsdl for soapcpp2. Types are those wsdl2h picks for C:
// xsd:decimal stays a string.

//gsoap o schema namespace: http://example.com/orders
//gsoap o schema elementForm: qualified
//gsoap o schema attributeForm: unqualified

typedef char *xsd__string;
typedef char *xsd__decimal;
typedef time_t xsd__dateTime;

struct o__Item
{
    @int number;
    xsd__string o__sku;
    xsd__string o__productName;
    int o__quantity;
    xsd__decimal o__unitPrice;
    xsd__dateTime o__shipDate;
    xsd__string o__comment 0;
};

struct o__Order
{
    xsd__string o__customer;
    xsd__string o__street;
    xsd__string o__city;
    xsd__dateTime o__orderDate;
    xsd__decimal o__total;
    int __size;
    struct o__Item *o__item;
};
