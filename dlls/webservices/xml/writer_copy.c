/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copying from a reader to a writer. */

#include "xml/writer_impl.h"

/* Writes the reader's node and moves the reader on. */
static HRESULT copy_one( WS_XML_WRITER *w, WS_XML_READER *reader, WS_ERROR *error )
{
    HRESULT hr = writer_write_node( w, reader_node( reader ), error );
    return hr ? hr : reader_read_node( reader, error );
}

HRESULT writer_copy_node( WS_XML_WRITER *w, WS_XML_READER *reader, WS_ERROR *error )
{
    const WS_XML_NODE *node;
    ULONG depth = 0;
    HRESULT hr;

    if (w->state == WRITER_NO_OUTPUT) return writer_bad_state( w, "A node", error );
    if ((hr = reader_get_node( reader, &node, error ))) return hr;
    switch (node->nodeType)
    {
    case WS_XML_NODE_TYPE_EOF:
        return ws_fail( error, WS_E_INVALID_OPERATION, "The XML reader is at the end: there is no node to copy." );
    case WS_XML_NODE_TYPE_BOF:
        while (reader_node( reader )->nodeType != WS_XML_NODE_TYPE_EOF)
            if ((hr = copy_one( w, reader, error ))) return hr;
        return S_OK;
    case WS_XML_NODE_TYPE_ELEMENT:
    case WS_XML_NODE_TYPE_CDATA:
        do
        {
            switch (reader_node( reader )->nodeType)
            {
            case WS_XML_NODE_TYPE_ELEMENT:
            case WS_XML_NODE_TYPE_CDATA:
                depth++;
                break;
            case WS_XML_NODE_TYPE_END_ELEMENT:
            case WS_XML_NODE_TYPE_END_CDATA:
                depth--;
                break;
            default:
                break;
            }
            if ((hr = copy_one( w, reader, error ))) return hr;
        } while (depth);
        return S_OK;
    default:
        return copy_one( w, reader, error );
    }
}
