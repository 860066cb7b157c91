/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rows of returns_message.c (see returns.h). `m`, `r`, `w`, `h` and `x` are a message, a reader, a writer, a heap and an
 * error object as they are created. */

/* --- messages --- */
ROW( WsCreateMessage, S_OK,
     return made( WsCreateMessage( WS_ENVELOPE_VERSION_SOAP_1_2, WS_ADDRESSING_VERSION_1_0, NULL, 0, &other, e ) ); )
ROW( WsCreateMessage, E_INVALIDARG, return WsCreateMessage( 99, WS_ADDRESSING_VERSION_1_0, NULL, 0, &other, e ); )
ELSEWHERE( WsCreateMessage, E_OUTOFMEMORY )
ROW( WsCreateMessageForChannel, S_OK, return made( WsCreateMessageForChannel( channel(), NULL, 0, &other, e ) ); )
ROW( WsCreateMessageForChannel, E_INVALIDARG, return WsCreateMessageForChannel( NULL, NULL, 0, &other, e ); )
ELSEWHERE( WsCreateMessageForChannel, E_OUTOFMEMORY )
ROW( WsInitializeMessage, E_INVALIDARG, return WsInitializeMessage( m, 99, NULL, e ); )
ELSEWHERE( WsInitializeMessage, E_OUTOFMEMORY )
ROW( WsResetMessage, E_INVALIDARG, return WsResetMessage( NULL, e ); )
ROW( WsAddressMessage, S_OK, initialized(); return WsAddressMessage( m, NULL, e ); )
ROW( WsAddressMessage, WS_E_INVALID_OPERATION, initialized(); ok_hr( WsAddressMessage( m, NULL, NULL ), S_OK );
     return WsAddressMessage( m, NULL, e ); )
ROW( WsAddressMessage, E_INVALIDARG, return WsAddressMessage( NULL, &address, e ); )
ROW( WsAddressMessage, WS_E_INVALID_FORMAT, initialized(); twice( "To" ); return WsAddressMessage( m, &address, e ); )
ELSEWHERE( WsAddressMessage, E_OUTOFMEMORY )
ROW( WsGetMessageProperty, E_INVALIDARG, initialized(); return WsGetMessageProperty( m, 99, &number, sizeof(number), e ); )
ROW( WsGetMessageProperty, E_INVALIDARG,
     return WsGetMessageProperty( m, WS_MESSAGE_PROPERTY_STATE, &number, sizeof(number) - 1, e ); )
ELSEWHERE( WsGetMessageProperty, E_OUTOFMEMORY )
ROW( WsSetMessageProperty, E_INVALIDARG, initialized(); return WsSetMessageProperty( m, 99, &number, sizeof(number), e ); )
ROW( WsSetMessageProperty, E_INVALIDARG, initialized();
     return WsSetMessageProperty( m, WS_MESSAGE_PROPERTY_IS_FAULT, &number, sizeof(number) - 1, e ); )
ELSEWHERE( WsSetMessageProperty, E_OUTOFMEMORY )

/* --- headers --- */
ROW( WsSetHeader, WS_E_INVALID_FORMAT, initialized(); twice( "Action" );
     return WsSetHeader( m, WS_ACTION_HEADER, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &wide, sizeof(wide), e ); )
ROW( WsSetHeader, E_INVALIDARG, initialized();
     return WsSetHeader( m, 99, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &wide, sizeof(wide), e ); )
ELSEWHERE( WsSetHeader, E_OUTOFMEMORY )
ROW( WsGetHeader, WS_E_INVALID_FORMAT, initialized(); return WsGetHeader( m, ACTION, h, &wide, sizeof(wide), e ); )
ROW( WsGetHeader, WS_E_INVALID_FORMAT, initialized(); twice( "Action" );
     return WsGetHeader( m, ACTION, h, &wide, sizeof(wide), e ); )
ROW( WsGetHeader, WS_E_QUOTA_EXCEEDED, reading( ENVELOPE );
     return WsGetHeader( m, ACTION, small_heap(), &wide, sizeof(wide), e ); )
ROW( WsGetHeader, E_INVALIDARG, reading( ENVELOPE ); return WsGetHeader( m, ACTION, h, &wide, 1, e ); )
ELSEWHERE( WsGetHeader, E_OUTOFMEMORY )
ROW( WsRemoveHeader, WS_E_INVALID_FORMAT, initialized(); twice( "Action" );
     return WsRemoveHeader( m, WS_ACTION_HEADER, e ); )
ROW( WsRemoveHeader, E_INVALIDARG, initialized(); return WsRemoveHeader( m, 99, e ); )
ROW( WsAddCustomHeader, S_OK, initialized();
     return WsAddCustomHeader( m, &string_b, WS_WRITE_REQUIRED_VALUE, &wide, sizeof(wide), 0, e ); )
ROW( WsAddCustomHeader, WS_E_INVALID_FORMAT, initialized();
     return WsAddCustomHeader( m, &date_b, WS_WRITE_REQUIRED_VALUE, &bad_date, sizeof(bad_date), 0, e ); )
ROW( WsAddCustomHeader, E_INVALIDARG, initialized();
     return WsAddCustomHeader( m, NULL, WS_WRITE_REQUIRED_VALUE, &wide, sizeof(wide), 0, e ); )
ELSEWHERE( WsAddCustomHeader, E_OUTOFMEMORY )
ROW( WsGetCustomHeader, WS_E_INVALID_FORMAT, initialized();
     return WsGetCustomHeader( m, &string_b, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, h, &wide, sizeof(wide),
     NULL, e ); )
ROW( WsGetCustomHeader, WS_E_QUOTA_EXCEEDED, initialized(); custom();
     return WsGetCustomHeader( m, &string_b, WS_SINGLETON_HEADER, 0, WS_READ_REQUIRED_VALUE, small_heap(), &wide,
     sizeof(wide), NULL,
                               e ); )
ROW( WsGetCustomHeader, E_INVALIDARG, initialized(); custom();
     return WsGetCustomHeader( m, &string_b, WS_SINGLETON_HEADER, 1, WS_READ_REQUIRED_VALUE, h, &wide, sizeof(wide),
     NULL, e ); )
ELSEWHERE( WsGetCustomHeader, E_OUTOFMEMORY )
NOWHERE( WsRemoveCustomHeader, WS_E_INVALID_FORMAT,
         "documented for several instances, but native removes them all (public tests)" )
ROW( WsRemoveCustomHeader, E_INVALIDARG, initialized(); return WsRemoveCustomHeader( m, NULL, &ns, e ); )
ELSEWHERE( WsRemoveCustomHeader, E_OUTOFMEMORY )
ROW( WsAddMappedHeader, S_OK, initialized();
     return WsAddMappedHeader( m, &name_b, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &wide, sizeof(wide), e ); )
ROW( WsAddMappedHeader, E_INVALIDARG, initialized();
     return WsAddMappedHeader( m, NULL, WS_STRING_TYPE, WS_WRITE_REQUIRED_VALUE, &wide, sizeof(wide), e ); )
ELSEWHERE( WsAddMappedHeader, E_OUTOFMEMORY )
ROW( WsGetMappedHeader, WS_E_INVALID_FORMAT, initialized();
     return WsGetMappedHeader( m, MAPPED, h, &wide, sizeof(wide), e ); )
ROW( WsGetMappedHeader, WS_E_INVALID_FORMAT, initialized(); mapped(); mapped();
     return WsGetMappedHeader( m, MAPPED, h, &wide, sizeof(wide), e ); )
ROW( WsGetMappedHeader, WS_E_QUOTA_EXCEEDED, initialized(); mapped();
     return WsGetMappedHeader( m, MAPPED, small_heap(), &wide, sizeof(wide), e ); )
ROW( WsGetMappedHeader, E_INVALIDARG, initialized(); mapped();
     return WsGetMappedHeader( m, MAPPED, h, NULL, sizeof(wide), e ); )
ELSEWHERE( WsGetMappedHeader, E_OUTOFMEMORY )
ROW( WsRemoveMappedHeader, E_INVALIDARG, initialized(); return WsRemoveMappedHeader( m, NULL, e ); )
ROW( WsGetHeaderAttributes, E_INVALIDARG, reading( ENVELOPE ); at_header();
     return WsGetHeaderAttributes( m, hr_reader, NULL, e ); )
ROW( WsGetHeaderAttributes, WS_E_INVALID_FORMAT, reading( ENVELOPE ); set_input( hr_reader, "<a/>", 4 );
     return WsGetHeaderAttributes( m, hr_reader, &number, e ); )
NOWHERE( WsGetHeaderAttributes, E_OUTOFMEMORY, "it allocates nothing" )
ROW( WsMarkHeaderAsUnderstood, WS_E_INVALID_OPERATION, reading( ENVELOPE ); at_header(); ok_hr( WsResetMessage( m,
     NULL ), S_OK );
     return WsMarkHeaderAsUnderstood( m, &pos, e ); )
ROW( WsMarkHeaderAsUnderstood, E_INVALIDARG, reading( ENVELOPE ); return WsMarkHeaderAsUnderstood( m, NULL, e ); )
NOWHERE( WsMarkHeaderAsUnderstood, E_OUTOFMEMORY, "it allocates nothing" )
ROW( WsCheckMustUnderstandHeaders, S_OK, reading( UNDERSTOOD( "0" ) ); return WsCheckMustUnderstandHeaders( m, e ); )
ROW( WsCheckMustUnderstandHeaders, WS_E_INVALID_OPERATION, initialized(); return WsCheckMustUnderstandHeaders( m, e ); )
ROW( WsCheckMustUnderstandHeaders, WS_E_INVALID_FORMAT, reading( UNDERSTOOD( "1" ) );
     return WsCheckMustUnderstandHeaders( m, e ); )
ROW( WsCheckMustUnderstandHeaders, E_INVALIDARG, return WsCheckMustUnderstandHeaders( NULL, e ); )
NOWHERE( WsCheckMustUnderstandHeaders, E_OUTOFMEMORY, "it allocates nothing" )

/* --- envelopes and bodies --- */
ROW( WsReadEnvelopeStart, WS_E_INVALID_FORMAT, set_input( r, "<a/>", 4 );
     return WsReadEnvelopeStart( m, r, NULL, NULL, e ); )
ROW( WsReadEnvelopeStart, E_INVALIDARG, return WsReadEnvelopeStart( m, NULL, NULL, NULL, e ); )
ELSEWHERE( WsReadEnvelopeStart, E_OUTOFMEMORY )
ROW( WsReadEnvelopeEnd, WS_E_INVALID_FORMAT, reading( ENVELOPE "<a/>" ); return WsReadEnvelopeEnd( m, e ); )
ROW( WsReadEnvelopeEnd, E_INVALIDARG, return WsReadEnvelopeEnd( NULL, e ); )
ELSEWHERE( WsReadEnvelopeEnd, E_OUTOFMEMORY )
ROW( WsWriteEnvelopeStart, WS_E_INVALID_FORMAT, initialized(); root(); return WsWriteEnvelopeStart( m, w, NULL, NULL, e ); )
ROW( WsWriteEnvelopeStart, E_INVALIDARG, initialized(); return WsWriteEnvelopeStart( m, NULL, NULL, NULL, e ); )
ELSEWHERE( WsWriteEnvelopeStart, E_OUTOFMEMORY )
ROW( WsWriteEnvelopeEnd, WS_E_INVALID_FORMAT, writing(); ok_hr( WsWriteEndElement( w, NULL ), S_OK );
     ok_hr( WsWriteEndElement( w, NULL ), S_OK ); return WsWriteEnvelopeEnd( m, e ); )
ROW( WsWriteEnvelopeEnd, E_INVALIDARG, return WsWriteEnvelopeEnd( NULL, e ); )
ELSEWHERE( WsWriteEnvelopeEnd, E_OUTOFMEMORY )
ROW( WsReadBody, WS_E_INVALID_FORMAT, reading( ENVELOPE );
     return WsReadBody( m, &date_b, WS_READ_REQUIRED_VALUE, h, &bytes, sizeof(WS_DATETIME), e ); )
ROW( WsReadBody, E_INVALIDARG, reading( ENVELOPE );
     return WsReadBody( m, NULL, WS_READ_REQUIRED_VALUE, h, &wide, sizeof(wide), e ); )
ELSEWHERE( WsReadBody, E_OUTOFMEMORY )
ROW( WsWriteBody, WS_E_INVALID_FORMAT, writing();
     return WsWriteBody( m, &date_b, WS_WRITE_REQUIRED_VALUE, &bad_date, sizeof(bad_date), e ); )
ROW( WsWriteBody, E_INVALIDARG, writing(); return WsWriteBody( m, NULL, WS_WRITE_REQUIRED_VALUE, &wide, sizeof(wide), e ); )
ELSEWHERE( WsWriteBody, E_OUTOFMEMORY )
ROW( WsFillBody, S_OK, reading( ENVELOPE ); return WsFillBody( m, 1, NULL, e ); )
ROW( WsFillBody, WS_S_ASYNC, reading_stream( WS_S_ASYNC ); return WsFillBody( m, 9999, &async, e ); )
ROW( WsFillBody, WS_E_INVALID_FORMAT, reading_stream( WS_E_INVALID_FORMAT ); return WsFillBody( m, 9999, NULL, e ); )
ROW( WsFillBody, E_INVALIDARG, return WsFillBody( NULL, 1, NULL, e ); )
ROW( WsFillBody, E_OUTOFMEMORY, reading_stream( E_OUTOFMEMORY ); return WsFillBody( m, 9999, NULL, e ); )
ROW( WsFlushBody, WS_S_ASYNC, writing_stream( WS_S_ASYNC ); return WsFlushBody( m, 0, &async, e ); )
ROW( WsFlushBody, WS_E_INVALID_FORMAT, writing_stream( WS_E_INVALID_FORMAT ); return WsFlushBody( m, 0, NULL, e ); )
ROW( WsFlushBody, E_INVALIDARG, return WsFlushBody( NULL, 0, NULL, e ); )
ROW( WsFlushBody, E_OUTOFMEMORY, writing_stream( E_OUTOFMEMORY ); return WsFlushBody( m, 0, NULL, e ); )
ROW( WsReadEndpointAddressExtension, E_INVALIDARG,
     return WsReadEndpointAddressExtension( r, &address, 99, WS_READ_REQUIRED_VALUE, h, &read_address,
     sizeof(read_address), e ); )
ROW( WsReadEndpointAddressExtension, WS_E_INVALID_FORMAT,
     return WsReadEndpointAddressExtension( r, &address, WS_ENDPOINT_ADDRESS_EXTENSION_METADATA_ADDRESS,
     WS_READ_REQUIRED_VALUE, h,
                                            &read_address, sizeof(read_address), e ); )
ELSEWHERE( WsReadEndpointAddressExtension, E_OUTOFMEMORY )

/* --- errors and faults --- */
ROW( WsCreateError, S_OK, return made_error( WsCreateError( NULL, 0, &other_error ) ); )
ROW( WsCreateError, E_INVALIDARG, return WsCreateError( NULL, 1, &other_error ); )
ELSEWHERE( WsCreateError, E_OUTOFMEMORY )
ROW( WsAddErrorString, S_OK, return WsAddErrorString( x, &wide ); )
ROW( WsAddErrorString, E_INVALIDARG, return WsAddErrorString( x, NULL ); )
ELSEWHERE( WsAddErrorString, E_OUTOFMEMORY )
ROW( WsGetErrorString, E_INVALIDARG, return WsGetErrorString( x, 0, &wide ); )
ROW( WsGetErrorProperty, E_INVALIDARG, return WsGetErrorProperty( x, 99, &number, sizeof(number) ); )
ROW( WsGetErrorProperty, E_INVALIDARG,
     return WsGetErrorProperty( x, WS_ERROR_PROPERTY_STRING_COUNT, &number, sizeof(number) - 1 ); )
ROW( WsSetErrorProperty, E_INVALIDARG, return WsSetErrorProperty( x, 99, &number, sizeof(number) ); )
ROW( WsSetErrorProperty, E_INVALIDARG, return WsSetErrorProperty( x, WS_ERROR_PROPERTY_ORIGINAL_ERROR_CODE, &number, 3 ); )
NOWHERE( WsSetErrorProperty, E_OUTOFMEMORY,
     "the values are in the object; only a text that says what a code means may be missing" )
ROW( WsCopyError, S_OK, ok_hr( WsCreateError( NULL, 0, &other_error ), S_OK );
     return made_error( WsCopyError( x, other_error ) ); )
ROW( WsCopyError, E_INVALIDARG, return WsCopyError( x, NULL ); )
ELSEWHERE( WsCopyError, E_OUTOFMEMORY )
ROW( WsResetError, E_INVALIDARG, return WsResetError( NULL ); )
ROW( WsGetFaultErrorProperty, E_INVALIDARG, return WsGetFaultErrorProperty( x, 99, bytes, sizeof(bytes) ); )
ROW( WsGetFaultErrorProperty, E_INVALIDARG, return WsGetFaultErrorProperty( x, WS_FAULT_ERROR_PROPERTY_FAULT, bytes, 3 ); )
ROW( WsSetFaultErrorProperty, E_INVALIDARG, return WsSetFaultErrorProperty( x, 99, bytes, sizeof(bytes) ); )
ROW( WsSetFaultErrorProperty, E_INVALIDARG, return WsSetFaultErrorProperty( x, WS_FAULT_ERROR_PROPERTY_ACTION, &ns, 3 ); )
ELSEWHERE( WsSetFaultErrorProperty, E_OUTOFMEMORY )
ROW( WsSetFaultErrorDetail, WS_E_INVALID_FORMAT, faulted();
     return WsSetFaultErrorDetail( x, &date_detail, WS_WRITE_REQUIRED_VALUE, &bad_date, sizeof(bad_date) ); )
ROW( WsSetFaultErrorDetail, E_INVALIDARG, faulted();
     return WsSetFaultErrorDetail( x, NULL, WS_WRITE_REQUIRED_VALUE, &wide, sizeof(wide) ); )
ELSEWHERE( WsSetFaultErrorDetail, E_OUTOFMEMORY )
ROW( WsGetFaultErrorDetail, WS_E_INVALID_FORMAT, faulted(); detail();
     return WsGetFaultErrorDetail( x, &date_detail, WS_READ_REQUIRED_VALUE, h, bytes, sizeof(WS_DATETIME) ); )
ROW( WsGetFaultErrorDetail, WS_E_QUOTA_EXCEEDED, faulted(); detail();
     return WsGetFaultErrorDetail( x, &string_detail, WS_READ_REQUIRED_VALUE, small_heap(), &wide, sizeof(wide) ); )
ROW( WsGetFaultErrorDetail, E_INVALIDARG, faulted(); detail();
     return WsGetFaultErrorDetail( x, NULL, WS_READ_REQUIRED_VALUE, h, &wide, sizeof(wide) ); )
ELSEWHERE( WsGetFaultErrorDetail, E_OUTOFMEMORY )
ROW( WsCreateFaultFromError, S_OK, return WsCreateFaultFromError( x, E_FAIL, WS_FULL_FAULT_DISCLOSURE, h, &fault ); )
ROW( WsCreateFaultFromError, E_INVALIDARG, return WsCreateFaultFromError( x, S_OK, WS_FULL_FAULT_DISCLOSURE, h, &fault ); )
ELSEWHERE( WsCreateFaultFromError, E_OUTOFMEMORY )

/* --- heaps --- */
ROW( WsCreateHeap, S_OK, return WsCreateHeap( 9, 0, NULL, 0, &small, e ); )
ROW( WsAlloc, S_OK, return WsAlloc( h, 0, &pointer, e ); )
ROW( WsAlloc, WS_E_QUOTA_EXCEEDED, return WsAlloc( h, 1 << 17, &pointer, e ); )
ROW( WsAlloc, E_OUTOFMEMORY, ok_hr( WsCreateHeap( ~(SIZE_T)0, 0, NULL, 0, &small, NULL ), S_OK );
     return WsAlloc( small, ~(SIZE_T)0 - 1, &pointer, e ); )
ROW( WsGetHeapProperty, S_OK, return WsGetHeapProperty( h, WS_HEAP_PROPERTY_MAX_SIZE, &size, sizeof(size), e ); )
ROW( WsResetHeap, S_OK, return WsResetHeap( h, e ); )

/* --- serialization --- */
ROW( WsReadType, WS_E_INVALID_FORMAT, at_element( "<b xmlns='n'>x</b>" );
     return WsReadType( r, ELEMENT, WS_UINT32_TYPE, NULL,
     WS_READ_REQUIRED_VALUE, h, &number, sizeof(number), e ); )
ROW( WsReadType, WS_E_QUOTA_EXCEEDED, at_element( "<b xmlns='n'>0123456789</b>" );
     return WsReadType( r, ELEMENT, WS_STRING_TYPE, NULL,
     WS_READ_REQUIRED_VALUE, small_heap(), &wide, sizeof(wide), e ); )
ROW( WsReadType, E_INVALIDARG, at_element( "<b xmlns='n'>1</b>" ); return WsReadType( r, ELEMENT, WS_UINT32_TYPE, NULL,
     WS_READ_REQUIRED_VALUE, h, &number, 3, e ); )
ELSEWHERE( WsReadType, E_OUTOFMEMORY )
ROW( WsWriteType, WS_E_INVALID_FORMAT, start(); return WsWriteType( w, CONTENT, WS_DATETIME_TYPE, NULL,
     WS_WRITE_REQUIRED_VALUE, &bad_date, sizeof(bad_date), e ); )
ROW( WsWriteType, E_INVALIDARG, start();
     return WsWriteType( w, CONTENT, WS_UINT32_TYPE, NULL, WS_WRITE_REQUIRED_VALUE, &number, 3, e ); )
ELSEWHERE( WsWriteType, E_OUTOFMEMORY )
ROW( WsReadElement, WS_E_INVALID_FORMAT, at_element( "<a/>" ); return WsReadElement( r, &string_b, VALUE( h ) ); )
ROW( WsReadElement, WS_E_QUOTA_EXCEEDED, at_element( B_LONG ); return WsReadElement( r, &string_b, VALUE( small_heap() ) ); )
ROW( WsReadElement, E_INVALIDARG, at_element( B_LONG ); return WsReadElement( r, NULL, VALUE( h ) ); )
ELSEWHERE( WsReadElement, E_OUTOFMEMORY )
ROW( WsReadAttribute, WS_E_INVALID_FORMAT, at_element( "<a/>" ); return WsReadAttribute( r, &attribute_b, VALUE( h ) ); )
ROW( WsReadAttribute, WS_E_QUOTA_EXCEEDED, at_element( "<a p:b='0123456789' xmlns:p='n'/>" );
     return WsReadAttribute( r, &attribute_b, VALUE( small_heap() ) ); )
ROW( WsReadAttribute, E_INVALIDARG, at_element( "<a p:b='' xmlns:p='n'/>" ); return WsReadAttribute( r, NULL, VALUE( h ) ); )
ELSEWHERE( WsReadAttribute, E_OUTOFMEMORY )
ROW( WsWriteElement, WS_E_INVALID_FORMAT, start(); return WsWriteElement( w, &date_b, BAD_DATE ); )
ROW( WsWriteElement, E_INVALIDARG, start(); return WsWriteElement( w, NULL, BAD_DATE ); )
ELSEWHERE( WsWriteElement, E_OUTOFMEMORY )
ROW( WsWriteAttribute, WS_E_INVALID_FORMAT, start(); return WsWriteAttribute( w, &date_attribute, BAD_DATE ); )
ROW( WsWriteAttribute, E_INVALIDARG, start(); return WsWriteAttribute( w, NULL, BAD_DATE ); )
ELSEWHERE( WsWriteAttribute, E_OUTOFMEMORY )
