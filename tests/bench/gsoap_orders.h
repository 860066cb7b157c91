// SPDX-License-Identifier: LGPL-2.1-or-later
// programs/orders.wsdl for soapcpp2, document/literal. Types are those wsdl2h picks for C: xsd:decimal stays a string.

//gsoap o service name: orders
//gsoap o service style: document
//gsoap o service encoding: literal
//gsoap o service namespace: http://example.com/orders
//gsoap o schema namespace: http://example.com/orders
//gsoap o schema elementForm: qualified
//gsoap o schema attributeForm: unqualified
//gsoap o service method-action: Submit "http://example.com/orders/Submit"

typedef char *xsd__string;
typedef char *xsd__decimal;
typedef time_t xsd__dateTime;

struct o__Item
{
    xsd__string o__sku;
    xsd__string o__productName;
    int o__quantity;
    xsd__decimal o__unitPrice;
    xsd__dateTime o__shipDate;
    xsd__string o__comment 0;
    @int number;
};

struct o__OrderType
{
    xsd__string o__customer;
    xsd__string o__street;
    xsd__string o__city;
    xsd__dateTime o__orderDate;
    xsd__decimal o__total;
    int __size;
    struct o__Item *o__item;
};

struct o__SubmitResponse { int o__items; int o__pieces; };
int o__Submit( struct o__OrderType *o__order, struct o__SubmitResponse *response );
