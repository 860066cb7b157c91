// SPDX-License-Identifier: LGPL-2.1-or-later
// programs/orders.wsdl for soapcpp2, document/literal.

//gsoap o service name: orders
//gsoap o service style: document
//gsoap o service encoding: literal
//gsoap o service namespace: http://example.com/orders
//gsoap o service method-action: Submit "http://example.com/orders/Submit"

#import "gsoap_order.h"

struct o__SubmitResponse { int o__items; int o__pieces; };
int o__Submit( struct o__Order *o__order, struct o__SubmitResponse *response );
