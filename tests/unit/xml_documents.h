/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Random documents: mostly well formed, always the same sequence. */
#ifndef WS_TESTS_XML_DOCUMENTS_H
#define WS_TESTS_XML_DOCUMENTS_H

#include <stdint.h>
#include "reader_events.h"

static uint64_t random_state = 88172645463325252ull;

static inline unsigned int pick( unsigned int n )
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned int)(random_state >> 33) % n;
}

#define PICK( ... ) __extension__ ({ static const char *const choices_[] = { __VA_ARGS__ }; choices_[pick( sizeof(choices_) / sizeof(choices_[0]) )]; })

static inline const char *any_name( void )
{
    return PICK( "a", "b", "item", "\xc3\xa9l\xc3\xa8ve", "x-1.y", "_", "\xe6\x97\xa5\xe6\x9c\xac" );
}

static inline const char *any_prefix( void )
{
    return PICK( "", "", "", "p:", "q:", "p:", "xml:" );
}

static inline const char *any_text( BOOL attribute )
{
    if (attribute) return PICK( "", "x", "a b", "&lt;", "&#x20AC;&#10;", "\n", "\r\n\t", "'", "&amp;amp;", "\xf0\x9f\x98\x80", ">" );
    return PICK( "x", " ", "\n  ", "hello world", "&lt;&gt;", "&#65;", "\r\n", "]]", "]>", "\xe2\x82\xac\xc3\xa9", "'\"", "&apos;",
                 "a long text that goes over more than sixteen bytes, \xc3\xa9 in it, and on" );
}

static inline void add_element( struct events *doc, unsigned int depth )
{
    char name[64];
    unsigned int i, n;

    sprintf( name, "%s%s", depth && pick( 3 ) ? any_prefix() : "", any_name() );
    if (!strncmp( name, "xml:", 4 ) && pick( 4 )) strcpy( name, "a" );
    events_str( doc, "<" );
    events_str( doc, name );
    if (!depth) events_str( doc, " xmlns:p='urn:p' xmlns:q=\"urn:q\"" );
    for (n = pick( 4 ), i = 0; i < n; i++)
    {
        events_str( doc, PICK( " ", "\n", "  \t" ) );
        if (!pick( 8 )) events_str( doc, PICK( "xmlns", "xmlns:p", "xmlns:r" ) );
        else
        {
            events_str( doc, any_prefix() );
            events_str( doc, any_name() );
            if (pick( 4 )) events_str( doc, PICK( "0", "1", "2", "3", "4", "5" ) );
        }
        events_str( doc, PICK( "=", "=", " = " ) );
        events_str( doc, "\"" );
        events_str( doc, any_text( TRUE ) );
        events_str( doc, "\"" );
    }
    events_str( doc, PICK( "", "", " ", "\n" ) );
    if (!pick( 5 ))
    {
        events_str( doc, "/>" );
        return;
    }
    events_str( doc, ">" );
    for (n = pick( 5 ), i = 0; i < n; i++)
    {
        switch (pick( depth < 6 ? 6 : 4 ))
        {
        case 0: events_str( doc, PICK( "<!---->", "<!-- c -->", "<!--\r\n-\xc3\xa9-->" ) ); break;
        case 1: events_str( doc, PICK( "<![CDATA[x]]>", "<![CDATA[<&\r]]]>", "<![CDATA[]] >]]>" ) ); break;
        case 2:
        case 3: events_str( doc, any_text( FALSE ) ); break;
        default: add_element( doc, depth + 1 ); break;
        }
    }
    events_str( doc, "</" );
    events_str( doc, name );
    events_str( doc, PICK( ">", ">", " >" ) );
}

static inline void make_document( struct events *doc )
{
    doc->len = 0;
    events_str( doc, PICK( "<?xml version='1.0'?>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "", "    ", "<!-- -->" ) );
    add_element( doc, 0 );
    events_str( doc, PICK( "", "\n", "<!-- end -->" ) );
}

#endif
