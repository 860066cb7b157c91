/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The service of tests/programs/binary.wsdl for gSOAP's soapcpp2, with MTOM and WS-Addressing 1.0. */
#import "xop.h"
#import "wsa5.h"
//gsoap b service name: binary
//gsoap b service style: document
//gsoap b service encoding: literal
//gsoap b service namespace: http://binary.example/
//gsoap b schema namespace: http://binary.example/
//gsoap b schema form: qualified
//gsoap b service method-action: Echo "http://binary.example/Echo"
//gsoap b service method-output-action: Echo "http://binary.example/EchoResponse"

struct b__EchoResponse { struct _xop__Include b__copy; };
int b__Echo( struct _xop__Include b__data, struct _xop__Include b__more, struct b__EchoResponse *response );
