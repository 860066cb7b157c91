/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rows of returns_xml.c (see returns.h). `r`, `w` and `h` are a reader, a writer and a heap as they are created. */

/* --- reader: inputs and nodes --- */
ROW( WsCreateReader, S_OK, return created( WsCreateReader( NULL, 0, &made_reader, e ) ); )
ROW( WsSetInput, S_OK, return WsSetInput( r, NULL, NULL, NULL, 0, e ); )
ROW( WsSetInputToBuffer, S_OK, return WsSetInputToBuffer( r, buffer_of( "<a/>" ), NULL, 0, e ); )
ROW( WsFillReader, WS_S_ASYNC, read_later(); return WsFillReader( r, 1, &async, e ); )
ROW( WsFillReader, WS_E_OBJECT_FAULTED, fault_reader(); return WsFillReader( r, 1, NULL, e ); )
ROW( WsReadNode, WS_E_INVALID_FORMAT, read_text( "<a" ); return WsReadNode( r, e ); )
ROW( WsReadNode, WS_E_INVALID_FORMAT, read_text( "<a/><b/>" ); step( 2 ); return WsReadNode( r, e ); )
ROW( WsReadNode, WS_E_INVALID_FORMAT, read_limited( WS_XML_READER_PROPERTY_READ_DECLARATION, 0,
     "<?xml version='1.0'?><a/>" );
     return WsReadNode( r, e ); )
ROW( WsReadNode, WS_E_QUOTA_EXCEEDED, read_limited( WS_XML_READER_PROPERTY_MAX_DEPTH, 0, "<a/>" );
     return WsReadNode( r, e ); )
ROW( WsReadNode, WS_E_QUOTA_EXCEEDED, read_limited( WS_XML_READER_PROPERTY_MAX_ATTRIBUTES, 1, "<a b='' c=''/>" );
     return WsReadNode( r, e ); )
ROW( WsReadNode, WS_E_QUOTA_EXCEEDED, read_limited( WS_XML_READER_PROPERTY_MAX_NAMESPACES, 1,
     "<a xmlns:b='b' xmlns:c='c'/>" );
     return WsReadNode( r, e ); )
ROW( WsReadNode, WS_E_QUOTA_EXCEEDED, read_short( "<a>", 2, 0 ); return WsReadNode( r, e ); )
ROW( WsReadNode, WS_E_OBJECT_FAULTED, fault_reader(); return WsReadNode( r, e ); )
ROW( WsSkipNode, WS_E_INVALID_FORMAT, read_text( "<a><b></a>" ); step( 1 ); return WsSkipNode( r, e ); )
ROW( WsSkipNode, WS_E_QUOTA_EXCEEDED, read_limited( WS_XML_READER_PROPERTY_MAX_DEPTH, 1, "<a><b/></a>" ); step( 1 );
     return WsSkipNode( r, e ); )
ROW( WsSkipNode, WS_E_OBJECT_FAULTED, fault_reader(); return WsSkipNode( r, e ); )
ROW( WsGetReaderNode, E_INVALIDARG, read_text( "<a/>" ); return WsGetReaderNode( r, NULL, e ); )
ROW( WsReadStartElement, WS_E_INVALID_FORMAT, read_text( "<a>t</a>" ); step( 2 ); return WsReadStartElement( r, e ); )
ROW( WsReadStartElement, WS_E_QUOTA_EXCEEDED, read_limited( WS_XML_READER_PROPERTY_MAX_DEPTH, 1, "<a><b/></a>" ); step( 1 );
     return WsReadStartElement( r, e ); )
ROW( WsReadStartElement, WS_E_OBJECT_FAULTED, fault_reader(); return WsReadStartElement( r, e ); )
ROW( WsReadToStartElement, WS_E_INVALID_FORMAT, read_text( "<a/>" );
     return WsReadToStartElement( r, &name_b, &none, NULL, e ); )
ROW( WsReadToStartElement, WS_E_INVALID_FORMAT, read_text( "<a></a>" ); step( 2 );
     return WsReadToStartElement( r, NULL, NULL, NULL, e ); )
ROW( WsReadToStartElement, WS_E_QUOTA_EXCEEDED, read_limited( WS_XML_READER_PROPERTY_MAX_DEPTH, 0, "<a/>" );
     return WsReadToStartElement( r, NULL, NULL, &flag, e ); )
ROW( WsReadToStartElement, WS_E_OBJECT_FAULTED, fault_reader(); return WsReadToStartElement( r, NULL, NULL, &flag, e ); )
ROW( WsReadEndElement, WS_E_INVALID_FORMAT, read_text( "<a>t</a>" ); step( 2 ); return WsReadEndElement( r, e ); )
ROW( WsReadEndElement, WS_E_QUOTA_EXCEEDED, read_short( "<a><!--b--></a>", 11, 2 ); return WsReadEndElement( r, e ); )
ROW( WsReadEndElement, WS_E_OBJECT_FAULTED, fault_reader(); return WsReadEndElement( r, e ); )

/* --- reader: attributes, names and positions --- */
ROW( WsReadStartAttribute, WS_E_INVALID_FORMAT, read_text( "<a>t</a>" ); step( 2 ); return WsReadStartAttribute( r, 0, e ); )
ROW( WsReadStartAttribute, WS_E_OBJECT_FAULTED, fault_reader(); return WsReadStartAttribute( r, 0, e ); )
ROW( WsReadEndAttribute, WS_E_INVALID_FORMAT, read_text( "<a b=''/>" ); step( 1 ); return WsReadEndAttribute( r, e ); )
ROW( WsReadEndAttribute, WS_E_OBJECT_FAULTED, fault_reader(); return WsReadEndAttribute( r, e ); )
ROW( WsFindAttribute, WS_E_INVALID_FORMAT, read_text( "<a/>" ); step( 1 );
     return WsFindAttribute( r, &name_b, &none, TRUE, &number, e ); )
ROW( WsFindAttribute, S_FALSE, read_text( "<a/>" ); step( 1 );
     return WsFindAttribute( r, &name_b, &none, FALSE, &number, e ); )
ROW( WsFindAttribute, WS_E_INVALID_OPERATION, read_text( "<a>t</a>" ); step( 2 );
     return WsFindAttribute( r, &name_b, &none, FALSE, &number, e ); )
ROW( WsFindAttribute, WS_E_OBJECT_FAULTED, fault_reader(); return WsFindAttribute( r, &name_b, &none, FALSE, &number, e ); )
ROW( WsReadQualifiedName, WS_E_INVALID_FORMAT, read_text( "<a>p:</a>" ); step( 2 );
     return WsReadQualifiedName( r, h, NULL, &string, NULL, e ); )
ROW( WsReadQualifiedName, WS_E_INVALID_FORMAT, read_text( "<a>p:b</a>" ); step( 2 );
     return WsReadQualifiedName( r, h, NULL, &string, &string, e ); )
ROW( WsReadQualifiedName, WS_E_OBJECT_FAULTED, fault_reader(); return WsReadQualifiedName( r, h, NULL, &string, NULL, e ); )
ROW( WsGetNamespaceFromPrefix, WS_E_INVALID_FORMAT, read_text( "<a/>" ); step( 1 );
     return WsGetNamespaceFromPrefix( r, &name_b, TRUE, &found, e ); )
ROW( WsGetNamespaceFromPrefix, S_FALSE, read_text( "<a/>" ); step( 1 );
     return WsGetNamespaceFromPrefix( r, &name_b, FALSE, &found, e ); )
ROW( WsGetNamespaceFromPrefix, WS_E_OBJECT_FAULTED, fault_reader();
     return WsGetNamespaceFromPrefix( r, &none, TRUE, &found, e ); )
ROW( WsGetXmlAttribute, E_INVALIDARG, read_text( "<a/>" ); step( 1 );
     return WsGetXmlAttribute( r, &name_b, NULL, &chars, &number, e ); )
ROW( WsGetXmlAttribute, S_FALSE, read_text( "<a/>" ); step( 1 );
     return WsGetXmlAttribute( r, &name_b, h, &chars, &number, e ); )
ROW( WsGetXmlAttribute, WS_E_OBJECT_FAULTED, fault_reader(); return WsGetXmlAttribute( r, &name_b, h, &chars, &number, e ); )
ROW( WsGetReaderProperty, E_INVALIDARG, read_text( "<a/>" );
     return WsGetReaderProperty( r, 99, &number, sizeof(number), e ); )
ROW( WsGetReaderProperty, E_INVALIDARG, read_text( "<a/>" );
     return WsGetReaderProperty( r, WS_XML_READER_PROPERTY_MAX_DEPTH, &number, sizeof(number) - 1, e ); )
ROW( WsGetReaderPosition, E_INVALIDARG, read_buffer(); return WsGetReaderPosition( r, NULL, e ); )
ROW( WsGetReaderPosition, WS_E_OBJECT_FAULTED, fault_reader(); return WsGetReaderPosition( r, &pos, e ); )
ROW( WsSetReaderPosition, E_INVALIDARG, read_buffer(); return WsSetReaderPosition( r, NULL, e ); )
ROW( WsSetReaderPosition, WS_E_INVALID_OPERATION, position(); read_text( "<a/>" );
     return WsSetReaderPosition( r, &pos, e ); )
ROW( WsSetReaderPosition, WS_E_INVALID_OPERATION, position(); canonicalize_reading();
     return WsSetReaderPosition( r, &pos, e ); )
ROW( WsSetReaderPosition, WS_E_OBJECT_FAULTED, position(); fault_reader(); return WsSetReaderPosition( r, &pos, e ); )
ROW( WsMoveReader, E_INVALIDARG, read_buffer(); return WsMoveReader( r, 99, &flag, e ); )
ROW( WsMoveReader, WS_E_INVALID_FORMAT, read_buffer(); return WsMoveReader( r, WS_MOVE_TO_PREVIOUS_NODE, NULL, e ); )
ROW( WsMoveReader, WS_E_INVALID_OPERATION, read_text( "<a/>" ); return WsMoveReader( r, WS_MOVE_TO_EOF, &flag, e ); )
ROW( WsMoveReader, WS_E_INVALID_OPERATION, read_buffer(); canonicalize_reading();
     return WsMoveReader( r, WS_MOVE_TO_EOF, NULL, e ); )
ROW( WsMoveReader, WS_E_OBJECT_FAULTED, fault_reader(); return WsMoveReader( r, WS_MOVE_TO_EOF, &flag, e ); )

/* --- reader: values --- */
ROW( WsReadValue, WS_E_INVALID_FORMAT, read_text( "<a>x</a>" ); step( 2 );
     return WsReadValue( r, WS_UINT32_VALUE_TYPE, &number, sizeof(number), e ); )
ROW( WsReadValue, WS_E_QUOTA_EXCEEDED, read_short( "<a>1</a>", 3, 0 ); step( 1 );
     ok_hr( WsReadNode( r, NULL ), WS_E_QUOTA_EXCEEDED ); ok_hr( WsFillReader( r, 2, NULL, NULL ), S_OK ); step( 1 );
     return WsReadValue( r, WS_UINT32_VALUE_TYPE, &number, sizeof(number), e ); )
ROW( WsReadValue, WS_E_OBJECT_FAULTED, fault_reader();
     return WsReadValue( r, WS_UINT32_VALUE_TYPE, &number, sizeof(number), e ); )
ROW( WsReadChars, WS_E_INVALID_FORMAT, read_text( "<a>x<!-->" ); step( 2 );
     ok_hr( WsReadChars( r, text, 4, &number, NULL ), S_OK ); return WsReadChars( r, text, 4, &number, e ); )
ROW( WsReadChars, WS_E_QUOTA_EXCEEDED, read_short( "<a><!---->x</a>", 10, 2 );
     return WsReadChars( r, text, 4, &number, e ); )
ROW( WsReadChars, WS_E_OBJECT_FAULTED, fault_reader(); return WsReadChars( r, text, 4, &number, e ); )
ROW( WsReadCharsUtf8, WS_E_INVALID_FORMAT, read_text( "<a>x<!-->" ); step( 2 );
     ok_hr( WsReadCharsUtf8( r, bytes, 4, &number, NULL ), S_OK ); return WsReadCharsUtf8( r, bytes, 4, &number, e ); )
ROW( WsReadCharsUtf8, WS_E_QUOTA_EXCEEDED, read_short( "<a><!---->x</a>", 10, 2 );
     return WsReadCharsUtf8( r, bytes, 4, &number, e ); )
ROW( WsReadCharsUtf8, WS_E_OBJECT_FAULTED, fault_reader(); return WsReadCharsUtf8( r, bytes, 4, &number, e ); )
ROW( WsReadBytes, WS_E_INVALID_FORMAT, read_text( "<a>%</a>" ); step( 2 ); return WsReadBytes( r, bytes, 4, &number, e ); )
ROW( WsReadBytes, WS_E_QUOTA_EXCEEDED, read_short( "<a><!---->x</a>", 10, 2 );
     return WsReadBytes( r, bytes, 4, &number, e ); )
ROW( WsReadBytes, WS_E_OBJECT_FAULTED, fault_reader(); return WsReadBytes( r, bytes, 4, &number, e ); )
ROW( WsReadArray, WS_E_INVALID_FORMAT, read_text( "<a><b>x</b></a>" ); step( 2 );
     return WsReadArray( r, &name_b, &none, WS_UINT32_VALUE_TYPE, &number, sizeof(number), 0, 1, &count, e ); )
ROW( WsReadArray, WS_E_QUOTA_EXCEEDED, read_limited( WS_XML_READER_PROPERTY_MAX_DEPTH, 0, "<b>1</b>" );
     return WsReadArray( r, &name_b, &none, WS_UINT32_VALUE_TYPE, &number, sizeof(number), 0, 1, &count, e ); )
ROW( WsReadArray, WS_E_OBJECT_FAULTED, fault_reader();
     return WsReadArray( r, &name_b, &none, WS_UINT32_VALUE_TYPE, &number, sizeof(number), 0, 1, &count, e ); )

/* --- writer: outputs --- */
ROW( WsCreateWriter, S_OK, return created( WsCreateWriter( NULL, 0, &made_writer, e ) ); )
ROW( WsCreateWriter, E_INVALIDARG, return WsCreateWriter( NULL, 1, &made_writer, e ); )
ROW( WsSetOutput, E_INVALIDARG, return WsSetOutput( w, &write_utf8.encoding, NULL, NULL, 0, e ); )
ROW( WsSetOutputToBuffer, E_INVALIDARG, return WsSetOutputToBuffer( w, NULL, NULL, 0, e ); )
ROW( WsFlushWriter, E_INVALIDARG, return WsFlushWriter( NULL, 0, NULL, e ); )
ROW( WsFlushWriter, WS_S_ASYNC, write_pending(); return WsFlushWriter( w, 0, &async, e ); )
ROW( WsFlushWriter, WS_E_OBJECT_FAULTED, fault_writer(); return WsFlushWriter( w, 0, NULL, e ); )
ROW( WsGetWriterProperty, E_INVALIDARG, write( "<a| " ); return WsGetWriterProperty( w, 99, &number, sizeof(number), e ); )
ROW( WsGetWriterProperty, E_INVALIDARG, write( "<a| " );
     return WsGetWriterProperty( w, WS_XML_WRITER_PROPERTY_MAX_DEPTH, &number, sizeof(number) - 1, e ); )

/* --- writer: elements and attributes --- */
ROW( WsWriteStartElement, E_INVALIDARG, write( "" ); return WsWriteStartElement( w, NULL, NULL, &none, e ); )
ROW( WsWriteStartElement, WS_E_INVALID_OPERATION, return WsWriteStartElement( w, NULL, &name_b, &none, e ); )
ROW( WsWriteStartElement, WS_E_INVALID_OPERATION, write( "<a| @b|" );
     return WsWriteStartElement( w, NULL, &name_b, &none, e ); )
ROW( WsWriteStartElement, WS_E_INVALID_FORMAT, write( "" ); return WsWriteStartElement( w, &name_b, &name_b, &none, e ); )
ROW( WsWriteStartElement, WS_E_QUOTA_EXCEEDED, write_limited( WS_XML_WRITER_PROPERTY_MAX_DEPTH, 1, "<a| " );
     return WsWriteStartElement( w, NULL, &name_b, &none, e ); )
ROW( WsWriteStartElement, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteStartElement( w, NULL, &name_b, &none, e ); )
ROW( WsWriteEndStartElement, E_INVALIDARG, return WsWriteEndStartElement( NULL, e ); )
ROW( WsWriteEndStartElement, WS_E_INVALID_OPERATION, write( "<a| >" ); return WsWriteEndStartElement( w, e ); )
ROW( WsWriteEndStartElement, WS_E_INVALID_FORMAT, write( "<p:a|n ^p|m " ); return WsWriteEndStartElement( w, e ); )
ROW( WsWriteEndStartElement, WS_E_QUOTA_EXCEEDED, write_limited( WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, 2, "<a| " );
     return WsWriteEndStartElement( w, e ); )
ROW( WsWriteEndStartElement, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteEndStartElement( w, e ); )
ROW( WsWriteEndElement, E_INVALIDARG, return WsWriteEndElement( NULL, e ); )
ROW( WsWriteEndElement, WS_E_INVALID_OPERATION, write( "<a| @b|" ); return WsWriteEndElement( w, e ); )
ROW( WsWriteEndElement, WS_E_INVALID_FORMAT, write( "<a| /" ); return WsWriteEndElement( w, e ); )
ROW( WsWriteEndElement, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteEndElement( w, e ); )
ROW( WsWriteStartAttribute, E_INVALIDARG, write( "<a| " ); return WsWriteStartAttribute( w, NULL, NULL, &none, FALSE, e ); )
ROW( WsWriteStartAttribute, WS_E_INVALID_OPERATION, write( "" );
     return WsWriteStartAttribute( w, NULL, &name_b, &none, FALSE, e ); )
ROW( WsWriteStartAttribute, WS_E_INVALID_FORMAT, write( "<a| " );
     return WsWriteStartAttribute( w, &name_b, &name_b, &none, FALSE, e ); )
ROW( WsWriteStartAttribute, WS_E_QUOTA_EXCEEDED, write_limited( WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, 0, "<a| " );
     return WsWriteStartAttribute( w, NULL, &name_b, &none, FALSE, e ); )
ROW( WsWriteStartAttribute, WS_E_OBJECT_FAULTED, fault_writer();
     return WsWriteStartAttribute( w, NULL, &name_b, &none, FALSE, e ); )
ROW( WsWriteEndAttribute, E_INVALIDARG, return WsWriteEndAttribute( NULL, e ); )
ROW( WsWriteEndAttribute, WS_E_INVALID_OPERATION, write( "<a| " ); return WsWriteEndAttribute( w, e ); )
ROW( WsWriteEndAttribute, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteEndAttribute( w, e ); )
ROW( WsWriteXmlnsAttribute, E_INVALIDARG, write( "<a| " ); return WsWriteXmlnsAttribute( w, &name_b, NULL, FALSE, e ); )
ROW( WsWriteXmlnsAttribute, WS_E_INVALID_OPERATION, write( "" );
     return WsWriteXmlnsAttribute( w, &name_b, &name_b, FALSE, e ); )
ROW( WsWriteXmlnsAttribute, WS_E_INVALID_FORMAT, write( "<a| " );
     return WsWriteXmlnsAttribute( w, &name_b, &none, FALSE, e ); )
ROW( WsWriteXmlnsAttribute, WS_E_QUOTA_EXCEEDED, write_limited( WS_XML_WRITER_PROPERTY_MAX_NAMESPACES, 0, "<a| " );
     return WsWriteXmlnsAttribute( w, &name_b, &name_b, FALSE, e ); )
ROW( WsWriteXmlnsAttribute, WS_E_QUOTA_EXCEEDED, write_limited( WS_XML_WRITER_PROPERTY_MAX_ATTRIBUTES, 0, "<a| " );
     return WsWriteXmlnsAttribute( w, &name_b, &name_b, FALSE, e ); )
ROW( WsWriteXmlnsAttribute, WS_E_OBJECT_FAULTED, fault_writer();
     return WsWriteXmlnsAttribute( w, &name_b, &name_b, FALSE, e ); )

/* --- writer: content --- */
ROW( WsWriteText, E_INVALIDARG, write( "<a| " ); return WsWriteText( w, NULL, e ); )
ROW( WsWriteText, WS_E_INVALID_OPERATION, return WsWriteText( w, &int32.text, e ); )
ROW( WsWriteText, WS_E_INVALID_OPERATION, write( "<a| @b|  i1" ); return WsWriteText( w, &int32.text, e ); )
ROW( WsWriteText, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteText( w, &int32.text, e ); )
ROW( WsWriteValue, E_INVALIDARG, write( "<a| " ); return WsWriteValue( w, WS_UINT32_VALUE_TYPE, &number, 3, e ); )
ROW( WsWriteValue, WS_E_INVALID_OPERATION, return WsWriteValue( w, WS_UINT32_VALUE_TYPE, &number, sizeof(number), e ); )
ROW( WsWriteValue, WS_E_INVALID_OPERATION, write( "<a| @b|  i1" );
     return WsWriteValue( w, WS_UINT32_VALUE_TYPE, &number, sizeof(number), e ); )
ROW( WsWriteValue, WS_E_OBJECT_FAULTED, fault_writer();
     return WsWriteValue( w, WS_UINT32_VALUE_TYPE, &number, sizeof(number), e ); )
ROW( WsWriteChars, E_INVALIDARG, write( "<a| " ); return WsWriteChars( w, NULL, 1, e ); )
ROW( WsWriteChars, WS_E_INVALID_OPERATION, return WsWriteChars( w, L"t", 1, e ); )
ROW( WsWriteChars, WS_E_INVALID_OPERATION, write( "<a| @b|  i1" ); return WsWriteChars( w, L"t", 1, e ); )
ROW( WsWriteChars, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteChars( w, L"t", 1, e ); )
ROW( WsWriteCharsUtf8, E_INVALIDARG, write( "<a| " ); return WsWriteCharsUtf8( w, NULL, 1, e ); )
ROW( WsWriteCharsUtf8, WS_E_INVALID_OPERATION, return WsWriteCharsUtf8( w, bytes, 1, e ); )
ROW( WsWriteCharsUtf8, WS_E_INVALID_OPERATION, write( "<a| @b|  i1" ); return WsWriteCharsUtf8( w, bytes, 1, e ); )
ROW( WsWriteCharsUtf8, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteCharsUtf8( w, bytes, 1, e ); )
ROW( WsWriteBytes, E_INVALIDARG, write( "<a| " ); return WsWriteBytes( w, NULL, 1, e ); )
ROW( WsWriteBytes, WS_E_INVALID_OPERATION, return WsWriteBytes( w, bytes, 1, e ); )
ROW( WsWriteBytes, WS_E_QUOTA_EXCEEDED, write_limited( WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, 5, "<a| " );
     return WsWriteBytes( w, bytes, 3, e ); )
ROW( WsWriteBytes, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteBytes( w, bytes, 1, e ); )
ROW( WsPushBytes, E_INVALIDARG, write( "<a| " ); return WsPushBytes( w, NULL, NULL, e ); )
ROW( WsPushBytes, WS_E_INVALID_OPERATION, return WsPushBytes( w, push, NULL, e ); )
ROW( WsPushBytes, WS_E_OBJECT_FAULTED, fault_writer(); return WsPushBytes( w, push, NULL, e ); )
ROW( WsPullBytes, E_INVALIDARG, write( "<a| " ); return WsPullBytes( w, NULL, NULL, e ); )
ROW( WsPullBytes, WS_E_INVALID_OPERATION, return WsPullBytes( w, pull, NULL, e ); )
ROW( WsPullBytes, WS_E_QUOTA_EXCEEDED, write_limited( WS_XML_WRITER_PROPERTY_BUFFER_MAX_SIZE, 5, "<a| " );
     return WsPullBytes( w, pull, NULL, e ); )
ROW( WsPullBytes, WS_E_OBJECT_FAULTED, fault_writer(); return WsPullBytes( w, pull, NULL, e ); )
ROW( WsWriteArray, S_OK, write( "<a| " ); number = 1;
     return WsWriteArray( w, &name_b, &none, WS_UINT32_VALUE_TYPE, &number, sizeof(number), 0, 1, e ); )
ROW( WsWriteArray, WS_E_OBJECT_FAULTED, fault_writer();
     return WsWriteArray( w, &name_b, &none, WS_UINT32_VALUE_TYPE, &number, sizeof(number), 0, 1, e ); )
ROW( WsWriteQualifiedName, E_INVALIDARG, write( "<a| " ); return WsWriteQualifiedName( w, &name_b, NULL, NULL, e ); )
ROW( WsWriteQualifiedName, WS_E_INVALID_FORMAT, write( "" ); return WsWriteQualifiedName( w, NULL, &name_b, &name_b, e ); )
/* documented too for a prefix that is bound to something else, but native writes it (public tests) */
ROW( WsWriteQualifiedName, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteQualifiedName( w, NULL, &name_b, &none, e ); )
ROW( WsWriteStartCData, E_INVALIDARG, return WsWriteStartCData( NULL, e ); )
ROW( WsWriteStartCData, WS_E_INVALID_OPERATION, write( "<a| [" ); return WsWriteStartCData( w, e ); )
ROW( WsWriteStartCData, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteStartCData( w, e ); )
ROW( WsWriteEndCData, E_INVALIDARG, return WsWriteEndCData( NULL, e ); )
ROW( WsWriteEndCData, WS_E_INVALID_OPERATION, write( "<a| " ); return WsWriteEndCData( w, e ); )
ROW( WsWriteEndCData, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteEndCData( w, e ); )
ROW( WsWriteNode, E_INVALIDARG, write( "" ); return WsWriteNode( w, NULL, e ); )
ROW( WsWriteNode, WS_E_INVALID_OPERATION, return WsWriteNode( w, &element_b.node, e ); )
ROW( WsWriteNode, WS_E_INVALID_FORMAT, write( "<a| /" ); return WsWriteNode( w, &element_b.node, e ); )
ROW( WsWriteNode, WS_E_QUOTA_EXCEEDED, write_limited( WS_XML_WRITER_PROPERTY_MAX_DEPTH, 1, "<a| " );
     return WsWriteNode( w, &element_b.node, e ); )
ROW( WsWriteNode, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteNode( w, &element_b.node, e ); )
ROW( WsCopyNode, S_OK, write( "" ); read_text( "<a/>" ); return WsCopyNode( w, r, e ); )
ROW( WsCopyNode, WS_E_INVALID_OPERATION, read_text( "<a/>" ); return WsCopyNode( w, r, e ); )
ROW( WsCopyNode, WS_E_INVALID_FORMAT, write( "" ); read_text( "<a><b></a>" ); return WsCopyNode( w, r, e ); )
ROW( WsCopyNode, WS_E_QUOTA_EXCEEDED, write_limited( WS_XML_WRITER_PROPERTY_MAX_DEPTH, 1, "" ); read_text( "<a><b/></a>" );
     return WsCopyNode( w, r, e ); )
ROW( WsCopyNode, WS_E_OBJECT_FAULTED, write( "" ); fault_reader(); return WsCopyNode( w, r, e ); )
ROW( WsCopyNode, WS_E_OBJECT_FAULTED, fault_writer(); read_text( "<a/>" ); return WsCopyNode( w, r, e ); )

/* --- writer: positions and prefixes --- */
ROW( WsMoveWriter, E_INVALIDARG, write_buffer(); return WsMoveWriter( w, 99, &flag, e ); )
ROW( WsMoveWriter, WS_E_INVALID_OPERATION, write( "<a| " ); return WsMoveWriter( w, WS_MOVE_TO_EOF, &flag, e ); )
ROW( WsMoveWriter, WS_E_INVALID_FORMAT, write_buffer(); return WsMoveWriter( w, WS_MOVE_TO_NEXT_NODE, NULL, e ); )
ROW( WsMoveWriter, WS_E_OBJECT_FAULTED, fault_writer(); return WsMoveWriter( w, WS_MOVE_TO_EOF, &flag, e ); )
ROW( WsGetWriterPosition, E_INVALIDARG, write_buffer(); return WsGetWriterPosition( w, NULL, e ); )
ROW( WsGetWriterPosition, WS_E_OBJECT_FAULTED, fault_writer(); return WsGetWriterPosition( w, &pos, e ); )
ROW( WsSetWriterPosition, E_INVALIDARG, write_buffer(); return WsSetWriterPosition( w, NULL, e ); )
ROW( WsSetWriterPosition, WS_E_INVALID_OPERATION, position(); write( "<a| " ); return WsSetWriterPosition( w, &pos, e ); )
ROW( WsSetWriterPosition, WS_E_OBJECT_FAULTED, position(); fault_writer(); return WsSetWriterPosition( w, &pos, e ); )
ROW( WsGetPrefixFromNamespace, WS_E_INVALID_FORMAT, write( "<a| >" );
     return WsGetPrefixFromNamespace( w, &name_b, TRUE, &found, e ); )
ROW( WsGetPrefixFromNamespace, S_FALSE, write( "<a| >" ); return WsGetPrefixFromNamespace( w, &name_b, FALSE, &found, e ); )
ROW( WsGetPrefixFromNamespace, WS_E_OBJECT_FAULTED, fault_writer();
     return WsGetPrefixFromNamespace( w, &none, TRUE, &found, e ); )

/* --- XML buffers --- */
ROW( WsCreateXmlBuffer, S_OK, return WsCreateXmlBuffer( h, NULL, 0, &made_buffer, e ); )
ROW( WsCreateXmlBuffer, E_INVALIDARG, return WsCreateXmlBuffer( NULL, NULL, 0, &made_buffer, e ); )
ELSEWHERE( WsCreateXmlBuffer, E_OUTOFMEMORY )
ROW( WsReadXmlBuffer, E_INVALIDARG, read_text( "<a/>" ); return WsReadXmlBuffer( r, h, NULL, e ); )
ROW( WsReadXmlBuffer, WS_E_INVALID_OPERATION, position(); ok_hr( WsRemoveNode( &pos, NULL ), S_OK );
     return WsReadXmlBuffer( r, h, &made_buffer, e ); )
ROW( WsReadXmlBuffer, WS_E_QUOTA_EXCEEDED, read_text( "<a/>" ); return WsReadXmlBuffer( r, small_heap(), &made_buffer, e ); )
ROW( WsReadXmlBuffer, WS_E_OBJECT_FAULTED, fault_reader(); return WsReadXmlBuffer( r, h, &made_buffer, e ); )
ROW( WsWriteXmlBuffer, E_INVALIDARG, write( "" ); return WsWriteXmlBuffer( w, NULL, e ); )
ROW( WsWriteXmlBuffer, WS_E_INVALID_OPERATION, return WsWriteXmlBuffer( w, buffer_of( "<a/>" ), e ); )
ROW( WsWriteXmlBuffer, WS_E_QUOTA_EXCEEDED, write_limited( WS_XML_WRITER_PROPERTY_MAX_DEPTH, 0, "" );
     return WsWriteXmlBuffer( w, buffer_of( "<a/>" ), e ); )
ROW( WsWriteXmlBuffer, WS_E_OBJECT_FAULTED, fault_writer(); return WsWriteXmlBuffer( w, buffer_of( "<a/>" ), e ); )
ROW( WsReadXmlBufferFromBytes, E_INVALIDARG,
     return WsReadXmlBufferFromBytes( r, NULL, NULL, 0, "<a/>", 4, NULL, &made_buffer, e ); )
NOWHERE( WsReadXmlBufferFromBytes, WS_E_INVALID_OPERATION, "the reader gets a new input, so its state does not matter" )
ROW( WsReadXmlBufferFromBytes, WS_E_QUOTA_EXCEEDED,
     return WsReadXmlBufferFromBytes( r, NULL, NULL, 0, "<a/>", 4, small_heap(), &made_buffer, e ); )
ROW( WsWriteXmlBufferToBytes, E_INVALIDARG,
     return WsWriteXmlBufferToBytes( w, buffer_of( "<a/>" ), NULL, NULL, 0, h, NULL, &number, e ); )
ROW( WsWriteXmlBufferToBytes, WS_E_INVALID_OPERATION,
     return WsWriteXmlBufferToBytes( w, buffer_of( "<Include xmlns='http://www.w3.org/2004/08/xop/include'/>" ),
                                     writer_encoding( XML_MTOM ), NULL, 0, h, &pointer, &number, e ); )
ROW( WsWriteXmlBufferToBytes, WS_E_QUOTA_EXCEEDED,
     return WsWriteXmlBufferToBytes( w, buffer_of( "<a>0123456789</a>" ), NULL, NULL, 0, small_heap(), &pointer, &number,
     e ); )
ROW( WsRemoveNode, WS_E_INVALID_OPERATION, position(); ok_hr( WsMoveReader( r, WS_MOVE_TO_EOF, NULL, NULL ), S_OK );
     ok_hr( WsGetReaderPosition( r, &pos, NULL ), S_OK ); return WsRemoveNode( &pos, e ); )

/* --- canonical form --- */
ROW( WsStartReaderCanonicalization, E_INVALIDARG, read_text( "<a/>" );
     return WsStartReaderCanonicalization( r, NULL, NULL, NULL, 0, e ); )
ROW( WsStartReaderCanonicalization, WS_E_INVALID_OPERATION, canonicalize_reading();
     return WsStartReaderCanonicalization( r, write_chunk, &written, NULL, 0, e ); )
NOWHERE( WsStartReaderCanonicalization, WS_E_INVALID_FORMAT, "nothing is read when it starts" )
ROW( WsStartReaderCanonicalization, WS_E_OBJECT_FAULTED, fault_reader();
     return WsStartReaderCanonicalization( r, write_chunk, &written, NULL, 0, e ); )
ROW( WsEndReaderCanonicalization, E_INVALIDARG, return WsEndReaderCanonicalization( NULL, e ); )
ROW( WsEndReaderCanonicalization, WS_E_INVALID_OPERATION, read_text( "<a/>" ); return WsEndReaderCanonicalization( r, e ); )
ROW( WsEndReaderCanonicalization, WS_E_INVALID_OPERATION, canonicalize_reading(); step( 2 );
     return WsEndReaderCanonicalization( r, e ); )
ROW( WsEndReaderCanonicalization, WS_E_OBJECT_FAULTED, fault_reader(); return WsEndReaderCanonicalization( r, e ); )
ROW( WsStartWriterCanonicalization, E_INVALIDARG, write( "" );
     return WsStartWriterCanonicalization( w, NULL, NULL, NULL, 0, e ); )
ROW( WsStartWriterCanonicalization, WS_E_INVALID_OPERATION,
     return WsStartWriterCanonicalization( w, write_chunk, &written, NULL, 0, e ); )
ROW( WsStartWriterCanonicalization, WS_E_INVALID_FORMAT, write( "<p:a|n ^p|m " );
     return WsStartWriterCanonicalization( w, write_chunk, &written, NULL, 0, e ); )
ROW( WsStartWriterCanonicalization, WS_E_OBJECT_FAULTED, fault_writer();
     return WsStartWriterCanonicalization( w, write_chunk, &written, NULL, 0, e ); )
ROW( WsEndWriterCanonicalization, E_INVALIDARG, return WsEndWriterCanonicalization( NULL, e ); )
ROW( WsEndWriterCanonicalization, WS_E_INVALID_OPERATION, write( "<a| " ); return WsEndWriterCanonicalization( w, e ); )
ROW( WsEndWriterCanonicalization, WS_E_OBJECT_FAULTED, fault_writer(); return WsEndWriterCanonicalization( w, e ); )

/* --- utilities --- */
ROW( WsTrimXmlWhitespace, S_OK, return WsTrimXmlWhitespace( (WCHAR *)L" a ", 3, &chars, &number, e ); )
ROW( WsVerifyXmlNCName, WS_E_INVALID_FORMAT, return WsVerifyXmlNCName( L"p:b", 3, e ); )
ROW( WsXmlStringEquals, S_OK, return WsXmlStringEquals( &name_b, &name_b, e ); )
ROW( WsXmlStringEquals, S_FALSE, return WsXmlStringEquals( &name_b, &none, e ); )
ROW( WsXmlStringEquals, E_INVALIDARG, return WsXmlStringEquals( &name_b, NULL, e ); )
ROW( WsGetDictionary, S_OK, return WsGetDictionary( WS_ENCODING_XML_BINARY_1, &dictionary, e ); )
ROW( WsDateTimeToFileTime, E_INVALIDARG, return WsDateTimeToFileTime( NULL, &filetime, e ); )
ROW( WsDateTimeToFileTime, WS_E_INVALID_FORMAT, datetime.ticks = 0; return WsDateTimeToFileTime( &datetime, &filetime, e ); )
ROW( WsFileTimeToDateTime, E_INVALIDARG, return WsFileTimeToDateTime( &filetime, NULL, e ); )
ROW( WsFileTimeToDateTime, WS_E_INVALID_FORMAT, filetime.dwHighDateTime = 0x30000000;
     return WsFileTimeToDateTime( &filetime, &datetime, e ); )
ROW( WsDecodeUrl, E_INVALIDARG, return WsDecodeUrl( &url, 0, NULL, &parts, e ); )
ROW( WsDecodeUrl, WS_E_INVALID_FORMAT, return WsDecodeUrl( &no_url, 0, h, &parts, e ); )
ELSEWHERE( WsDecodeUrl, E_OUTOFMEMORY )
ROW( WsEncodeUrl, E_INVALIDARG, return WsEncodeUrl( NULL, 0, h, &wide, e ); )
ROW( WsEncodeUrl, WS_E_INVALID_FORMAT, return WsEncodeUrl( &unknown_scheme, 0, h, &wide, e ); )
ELSEWHERE( WsEncodeUrl, E_OUTOFMEMORY )
ROW( WsCombineUrl, S_OK, return WsCombineUrl( &url, &url, 0, h, &wide, e ); )
ROW( WsCombineUrl, E_INVALIDARG, return WsCombineUrl( &url, NULL, 0, h, &wide, e ); )
ROW( WsCombineUrl, WS_E_INVALID_FORMAT, return WsCombineUrl( &no_url, &url, 0, h, &wide, e ); )
ELSEWHERE( WsCombineUrl, E_OUTOFMEMORY )
