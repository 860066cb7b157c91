/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The calculator service for gSOAP's soapcpp2, document/literal. */
//gsoap calc service name: calculator
//gsoap calc service style: document
//gsoap calc service encoding: literal
//gsoap calc service namespace: http://calculator.example/
//gsoap calc schema namespace: http://calculator.example/
//gsoap calc schema form: qualified
//gsoap calc service method-action: Add "http://calculator.example/Add"
//gsoap calc service method-action: Subtract "http://calculator.example/Subtract"
//gsoap calc service method-action: Divide "http://calculator.example/Divide"

struct calc__AddResponse { int calc__result; };
int calc__Add( int calc__a, int calc__b, struct calc__AddResponse *response );

struct calc__SubtractResponse { int calc__result; };
int calc__Subtract( int calc__a, int calc__b, struct calc__SubtractResponse *response );

struct calc__DivideResponse { int calc__result; };
int calc__Divide( int calc__a, int calc__b, struct calc__DivideResponse *response );
