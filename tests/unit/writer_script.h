/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The scripts of the conformance programs, run on the functions behind the exports. */
#ifndef WS_TESTS_UNIT_SCRIPT_H
#define WS_TESTS_UNIT_SCRIPT_H

#include "unit.h"
#include "xml/writer.h"

#define WsFlushWriter           writer_flush
#define WsWriteBytes            writer_write_bytes
#define WsWriteChars            writer_write_chars
#define WsWriteCharsUtf8        writer_write_chars_utf8
#define WsWriteEndAttribute     writer_write_end_attribute
#define WsWriteEndCData         writer_write_end_cdata
#define WsWriteEndElement       writer_write_end_element
#define WsWriteEndStartElement  writer_write_end_start_element
#define WsWriteNode             writer_write_node
#define WsWriteQualifiedName    writer_write_qualified_name
#define WsWriteStartAttribute   writer_write_start_attribute
#define WsWriteStartCData       writer_write_start_cdata
#define WsWriteStartElement     writer_write_start_element
#define WsWriteText             writer_write_text
#define WsWriteXmlnsAttribute   writer_write_xmlns_attribute
#include "../conformance/xml_script.h"

#endif
