/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Elements, attributes and the namespaces they need.
 *
 * Prefixes are chosen when a name is written; the declarations that are missing then are added when the start tag ends: first
 * those the program wrote itself, then the others in the order in which they became necessary. Contradictions (a prefix
 * bound to two namespaces in one tag, an attribute twice) show at that point as well. */

#include "xml/writer_short.h"
#include "xml/mtom.h"

void writer_reset_tags( WS_XML_WRITER *w )
{
    ns_pop( &w->scope, 0 );
    mem_stack_reset( &w->memory );
    w->element = NULL;
    w->depth = 0;
    w->attr = NULL;
    w->attr_count = w->decl_count = 0;
    w->explicit_count = 0;
    w->deferred = NULL;
}

static HRESULT no_memory( WS_ERROR *error )
{
    return ws_fail( error, E_OUTOFMEMORY, "There is no memory for a tag of an XML writer." );
}

/* ---- namespaces ---- */

static inline BOOL is_constant( const WS_XML_STRING *str )
{
    return str->dictionary && str->dictionary->isConst;
}

/* xmlstr_eq for strings that are short and mostly the same. */
static inline BOOL same_string( const WS_XML_STRING *a, const WS_XML_STRING *b )
{
    return a->length == b->length && same_bytes( a->bytes, b->bytes, a->length );
}

/* A copy on the memory of the open element. */
static BOOL keep_string( WS_XML_WRITER *w, const WS_XML_STRING *src, WS_XML_STRING *dst )
{
    *dst = *src;
    if (!src->length || is_constant( src )) return TRUE;
    if (!(dst->bytes = mem_stack_alloc( &w->memory, src->length ))) return FALSE;
    copy_short( dst->bytes, src->bytes, src->length );
    return TRUE;
}

static void set_explicit( WS_XML_WRITER *w, struct writer_decl *decl )
{
    decl->is_explicit = TRUE;
    w->decls[w->explicit_count++].nth = decl - w->decls;
}

static BOOL add_decl( WS_XML_WRITER *w, BOOL is_explicit, BOOL single_quote )
{
    struct writer_decl *decl;

    if (w->decl_count == w->decl_size)
    {
        ULONG size = w->decl_size ? w->decl_size * 2 : 8;
        if (!(decl = mem_realloc( w->decls, size * sizeof(*decl) ))) return FALSE;
        w->decls = decl;
        w->decl_size = size;
    }
    decl = &w->decls[w->decl_count++];
    decl->binding = w->scope.count - 1;
    decl->is_explicit = FALSE;
    decl->single_quote = single_quote;
    decl->existing = FALSE;
    if (is_explicit) set_explicit( w, decl );
    return TRUE;
}

static struct writer_decl *find_decl( const WS_XML_WRITER *w, const WS_XML_STRING *prefix )
{
    const struct ns_binding *binding = ns_find( &w->scope, prefix->bytes, prefix->length );
    ULONG index;

    if (!w->scope.count || binding < w->scope.bindings || binding >= w->scope.bindings + w->scope.count) return NULL;
    index = binding - w->scope.bindings;
    if (index < w->element->ns_mark) return NULL;
    /* each declaration of the tag pushed one binding, in order */
    return &w->decls[index - w->element->ns_mark];
}

static HRESULT declare( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, BOOL is_explicit,
                        BOOL single_quote, WS_ERROR *error )
{
    WS_XML_STRING own_prefix, own_ns;

    if (w->scope.count >= w->props.max_namespaces)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "More namespaces are declared than the limit of %u.",
                        w->props.max_namespaces );
    if (w->attr_count + w->decl_count >= w->props.max_attributes)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "Element %.*s has more attributes than the limit of %u.",
                        XMLSTR_ARG( &w->element->name ), w->props.max_attributes );
    if (!keep_string( w, prefix, &own_prefix ) || !keep_string( w, ns, &own_ns )) return no_memory( error );
    if (!own_prefix.length) own_prefix.bytes = NULL;
    if (ns_push( &w->scope, &own_prefix, &own_ns, w->element->ns_mark )) return no_memory( error );
    if (!add_decl( w, is_explicit, single_quote ))
    {
        ns_pop( &w->scope, w->scope.count - 1 );
        return no_memory( error );
    }
    return S_OK;
}

const struct ns_binding *writer_find_ns( const WS_XML_WRITER *w, const WS_XML_STRING *ns, BOOL prefixed )
{
    const struct ns_binding *binding;
    ULONG i;

    for (i = w->scope.count; i > 0; i--)
    {
        binding = &w->scope.bindings[i - 1];
        if ((!prefixed || binding->prefix.length) && xmlstr_eq( &binding->ns, ns ) &&
            ns_find( &w->scope, binding->prefix.bytes, binding->prefix.length ) == binding)
            return binding;
    }
    if (xmlstr_eq( ns, &ns_xml.ns )) return &ns_xml;
    if (!prefixed && !ns->length && !ns_find( &w->scope, NULL, 0 )->ns.length) return &ns_default_none;
    return NULL;
}

/* The first of a, b, ... z, aa, ab, ... that no declaration in scope uses. */
static void make_prefix( const WS_XML_WRITER *w, BYTE *buf, WS_XML_STRING *prefix )
{
    ULONG number, n;
    BYTE *p;

    memset( prefix, 0, sizeof(*prefix) );
    for (number = 1; ; number++)
    {
        p = buf + 8;
        for (n = number; n; n = (n - 1) / 26) *--p = 'a' + (n - 1) % 26;
        prefix->bytes = p;
        prefix->length = buf + 8 - p;
        if (!ns_find( &w->scope, p, prefix->length )) return;
    }
}

/* Makes sure that `prefix` means `ns` in the open start tag. */
static HRESULT bind( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, WS_ERROR *error )
{
    const struct ns_binding *binding = ns_find( &w->scope, prefix->bytes, prefix->length );

    if (binding && xmlstr_eq( &binding->ns, ns )) return S_OK;
    if (find_decl( w, prefix ) || (binding && (binding == &ns_xml || binding == &ns_xmlns)))
    {
        w->deferred = "a prefix has two meanings";
        return S_OK;
    }
    return declare( w, prefix, ns, FALSE, FALSE, error );
}

/* Names are looked at when they are written, and found fault with when the start tag ends, as native does. */
static void check_name( WS_XML_WRITER *w, const WS_XML_STRING *name )
{
    if (LIKELY( is_ncname( name->bytes, name->length ) )) return;
    w->deferred = "a name or prefix is not a valid name without colon";
}

/* `prefix` NULL: one would have to be made. */
static HRESULT check_prefix( const WS_XML_STRING *prefix, const WS_XML_STRING *ns, WS_ERROR *error )
{
    if (ns->length) return S_OK;
    if (!prefix) return ws_fail( error, WS_E_INVALID_FORMAT, "The empty namespace is not the default one here, and can't have a prefix." );
    return ws_fail( error, WS_E_INVALID_FORMAT, "Prefix %.*s can't be bound to the empty namespace.", XMLSTR_ARG( prefix ) );
}

static HRESULT check_ns( const WS_XML_STRING *ns, WS_ERROR *error )
{
    if (xml_valid_prefix( ns->bytes, ns->length ) == ns->length) return S_OK;
    return ws_fail( error, WS_E_INVALID_FORMAT, "A namespace has characters that XML does not allow." );
}

/* ---- start tags ---- */

/* The top of a document takes one element; `pos` is where it would go in an XML buffer. */
static HRESULT check_root( WS_XML_WRITER *w, WS_ERROR *error )
{
    BOOL seen = w->root_seen;

    if (w->props.allow_fragment) return S_OK;
    if (w->buffer) seen = node_move( &w->buffer->root, WS_MOVE_TO_ROOT_ELEMENT ) != NULL;
    if (!seen) return S_OK;
    return ws_fail( error, WS_E_INVALID_FORMAT, "The document has a root element; another needs a fragment." );
}

static ALWAYS_INLINE struct writer_element *push_element( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *name )
{
    struct mem_stack_mark mark = mem_stack_mark( &w->memory );
    struct writer_element *element;
    ULONG size = prefix->length ? prefix->length + 1 : 0;
    BYTE *qname;

    if (!(element = mem_stack_alloc( &w->memory, sizeof(*element) + size + name->length ))) return NULL;
    qname = (BYTE *)(element + 1);
    element->parent = w->element;
    element->mark = mark;
    element->ns_mark = w->scope.count;
    element->depth = w->depth + 1;
    element->flags = 0;
    element->node = NULL;
    element->qname = qname;
    element->qname_length = size + name->length;
    element->prefix = *prefix;
    element->prefix.bytes = size ? qname : NULL;
    if (size)
    {
        copy_short( qname, prefix->bytes, prefix->length );
        qname[prefix->length] = ':';
    }
    element->name = *name;
    element->name.bytes = qname + size;
    copy_short( qname + size, name->bytes, name->length );
    return element;
}

static inline void pop_element( WS_XML_WRITER *w )
{
    struct writer_element *element = w->element;

    w->element = element->parent;
    w->depth--;
    ns_pop( &w->scope, element->ns_mark );
    mem_stack_release( &w->memory, element->mark );
}

/* Which prefix an element gets and which string in scope is its namespace; *bound NULL: it is to be declared. */
static HRESULT element_prefix( WS_XML_WRITER *w, const WS_XML_STRING **prefix, const WS_XML_STRING *ns,
                               const WS_XML_STRING **bound, WS_ERROR *error )
{
    const struct writer_element *parent = w->element;
    const struct ns_binding *binding;
    HRESULT hr;

    /* mostly an element has the prefix of its parent */
    if (parent && same_string( ns, &parent->ns ) && (!*prefix || same_string( *prefix, &parent->prefix )))
    {
        *prefix = &parent->prefix;
        *bound = &parent->ns;
        return S_OK;
    }
    *bound = NULL;
    if (*prefix)
    {
        if ((*prefix)->length && (hr = check_prefix( *prefix, ns, error ))) return hr;
        binding = ns_find( &w->scope, (*prefix)->bytes, (*prefix)->length );
        if (binding == &ns_xmlns || (binding == &ns_xml && !xmlstr_eq( ns, &ns_xml.ns )))
            return ws_fail( error, WS_E_INVALID_FORMAT, "Prefix %.*s is reserved.", XMLSTR_ARG( *prefix ) );
        if (!binding || !xmlstr_eq( &binding->ns, ns )) return check_ns( ns, error );
    }
    else if ((binding = writer_find_ns( w, ns, FALSE ))) *prefix = &binding->prefix;
    else
    {
        *prefix = &xml_empty_text.value;
        return check_ns( ns, error );
    }
    *bound = &binding->ns;
    return S_OK;
}

static HRESULT start_element( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *name,
                              const WS_XML_STRING *ns, WS_ERROR *error )
{
    const struct writer_element *parent = w->element;
    struct writer_element *element;
    const WS_XML_STRING *bound;
    HRESULT hr;

    if (!name->length) return ws_fail( error, WS_E_INVALID_FORMAT, "An element needs a name." );
    if (w->depth >= w->props.max_depth)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "The document is deeper than the limit of %u elements.",
                        w->props.max_depth );
    if (!parent && (hr = check_root( w, error ))) return hr;
    if ((hr = element_prefix( w, &prefix, ns, &bound, error ))) return hr;
    if (!(element = push_element( w, prefix, name ))) return no_memory( error );
    w->element = element;
    w->depth++;
    w->attr_count = w->decl_count = 0;
    w->explicit_count = 0;
    w->deferred = NULL;
    check_name( w, name );
    if (LIKELY( bound != NULL )) element->ns = *bound;
    else
    {
        if (element->prefix.length) check_name( w, &element->prefix );
        if ((hr = declare( w, &element->prefix, ns, FALSE, FALSE, error ))) return hr;
        element->ns = w->scope.bindings[w->scope.count - 1].ns;
    }
    if (!parent) w->root_seen = TRUE;
    w->state = WRITER_START_TAG;
    if (w->sink) w->tag = out_offset( w );
    return w->codec->start_element( w, error );
}

/* An element with a plain name and the prefix of its parent, as most are, and with nothing else to be done on the way: the same as
 * below, without asking again what is known. S_FALSE: it is not like that. */
static inline HRESULT start_short( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                                   WS_ERROR *error )
{
    const struct writer_element *parent = w->element;
    struct writer_element *element;

    if (w->slow || !parent || name->length - 4 > 12 || w->depth >= w->props.max_depth || !is_short_word( name->bytes, name->length ) ||
        !same_string( ns, &parent->ns ) || (prefix && !same_string( prefix, &parent->prefix ))) return S_FALSE;
    if (w->state == WRITER_START_TAG)
    {
        HRESULT hr = writer_to_content( w, error );
        if (hr) return hr;
    }
    else if (w->state != WRITER_CONTENT) return S_FALSE;
    if (!(element = push_element( w, &parent->prefix, name ))) return no_memory( error );
    element->ns = parent->ns;
    w->element = element;
    w->depth++;
    w->attr_count = w->decl_count = 0;
    w->explicit_count = 0;
    w->deferred = NULL;
    w->state = WRITER_START_TAG;
    w->tag = out_offset( w );
    if (!has_room( w, element->qname_length + 2 )) return w->codec->start_element( w, error );
    if (w->codec == &text_codec) text_open( w, element );
    else if (w->codec == &binary_codec && binary_is_plain( w, &element->prefix, name )) binary_open( w, NBFX_SHORT_ELEMENT, name );
    else return w->codec->start_element( w, error );
    return S_OK;
}

static NEVER_INLINE HRESULT start_long( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *name, const WS_XML_STRING *ns,
                                        WS_ERROR *error )
{
    HRESULT hr;

    if (UNLIKELY( w->state != WRITER_CONTENT && w->state != WRITER_START_TAG ))
        return writer_bad_state( w, "An element", error );
    if (UNLIKELY( !name || !ns ))
        return ws_fail( error, E_INVALIDARG, "An element needs a name and a namespace." );
    if (UNLIKELY( (hr = writer_to_content( w, error )) )) return writer_done( w, hr );
    if (UNLIKELY( w->slow & WRITER_SLOW_MTOM ))
    {
        if (xmlstr_eq( name, &name_Include ) && xmlstr_eq( ns, &ns_xop ))
            return ws_fail( error, WS_E_INVALID_OPERATION, "An xop:Include element can't be written in MTOM." );
        mtom_other( w );
    }
    return writer_done( w, start_element( w, prefix, name, ns, error ) );
}

HRESULT writer_write_start_element( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *name,
                                    const WS_XML_STRING *ns, WS_ERROR *error )
{
    HRESULT hr;

    if (LIKELY( name && ns ) && LIKELY( (hr = start_short( w, prefix, name, ns, error )) != S_FALSE )) return writer_done( w, hr );
    return start_long( w, prefix, name, ns, error );
}

/* ---- the end of a start tag ---- */

static BOOL same_attr( const struct writer_attr *a, const struct writer_attr *b )
{
    return xmlstr_eq( &a->name, &b->name ) && xmlstr_eq( &a->ns, &b->ns );
}

/* Many attributes: through a hash table, so that the time stays linear. */
static HRESULT find_twins_hashed( const WS_XML_WRITER *w, const struct writer_attr **twin, WS_ERROR *error )
{
    ULONG size = 64, seed = hash_seed(), i, slot;
    ULONG *table;

    while (size < w->attr_count * 2) size *= 2;
    if (!(table = mem_calloc( size * sizeof(*table) ))) return no_memory( error );
    for (i = 0; i < w->attr_count && !*twin; i++)
    {
        const struct writer_attr *attr = &w->attrs[i];
        slot = hash_bytes( attr->ns.bytes, attr->ns.length, hash_bytes( attr->name.bytes, attr->name.length, seed ) );
        for (slot &= size - 1; table[slot]; slot = (slot + 1) & (size - 1))
        {
            if (!same_attr( attr, &w->attrs[table[slot] - 1] )) continue;
            *twin = attr;
            break;
        }
        table[slot] = i + 1;
    }
    mem_free( table );
    return S_OK;
}

static HRESULT check_duplicates( const WS_XML_WRITER *w, WS_ERROR *error )
{
    const struct writer_attr *twin = NULL;
    ULONG i, j;
    HRESULT hr;

    if (w->attr_count > 16)
    {
        if ((hr = find_twins_hashed( w, &twin, error ))) return hr;
    }
    else
    {
        for (i = 1; i < w->attr_count && !twin; i++)
            for (j = 0; j < i; j++) if (same_attr( &w->attrs[i], &w->attrs[j] )) twin = &w->attrs[i];
    }
    if (!twin) return S_OK;
    return ws_fail( error, WS_E_INVALID_FORMAT, "Element %.*s has attribute %.*s twice.", XMLSTR_ARG( &w->element->name ),
                    XMLSTR_ARG( &twin->name ) );
}

static BOOL means( const WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *ns )
{
    const struct ns_binding *binding = ns_find( &w->scope, prefix->bytes, prefix->length );
    return binding && xmlstr_eq( &binding->ns, ns );
}

/* A declaration that came later may have changed what the prefix of a name already written means. */
static HRESULT check_prefixes( const WS_XML_WRITER *w, WS_ERROR *error )
{
    const WS_XML_STRING *bad = NULL;
    ULONG i;

    if (!means( w, &w->element->prefix, &w->element->ns )) bad = &w->element->prefix;
    for (i = 0; i < w->attr_count && !bad; i++)
        if (w->attrs[i].prefix.length && !means( w, &w->attrs[i].prefix, &w->attrs[i].ns )) bad = &w->attrs[i].prefix;
    if (!bad) return S_OK;
    return ws_fail( error, WS_E_INVALID_FORMAT, "Prefix '%.*s' has two meanings in element %.*s.", XMLSTR_ARG( bad ),
                    XMLSTR_ARG( &w->element->name ) );
}

const struct writer_decl *writer_decl( const WS_XML_WRITER *w, ULONG *state )
{
    const struct writer_decl *decl;

    while (*state < w->explicit_count)
        if (!(decl = &w->decls[w->decls[(*state)++].nth])->existing) return decl;
    while (*state < w->explicit_count + w->decl_count)
        if (!(decl = &w->decls[(*state)++ - w->explicit_count])->is_explicit) return decl;
    return NULL;
}

static HRESULT write_decls( WS_XML_WRITER *w, WS_ERROR *error )
{
    const struct writer_decl *decl;
    ULONG state = 0;
    HRESULT hr;

    while ((decl = writer_decl( w, &state )))
        if ((hr = w->codec->xmlns( w, &w->scope.bindings[decl->binding], decl->single_quote, error ))) return hr;
    return S_OK;
}

static HRESULT end_start_tag( WS_XML_WRITER *w, BOOL empty, WS_ERROR *error )
{
    HRESULT hr;

    if (UNLIKELY( w->deferred ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "The start tag of element '%.*s' can't be written: %s.",
                        XMLSTR_ARG( &w->element->name ), w->deferred );
    if (w->attr_count > 1 && (hr = check_duplicates( w, error ))) return hr;
    if (w->decl_count && ((hr = check_prefixes( w, error )) || (hr = write_decls( w, error )))) return hr;
    if (UNLIKELY( w->slow & WRITER_SLOW_C14N ) && !(w->element->flags & ELEMENT_REOPENED) && (hr = writer_c14n_start( w, error )))
        return hr;
    w->state = WRITER_CONTENT;
    if ((hr = w->codec->end_start( w, empty, error ))) return hr;
    if (UNLIKELY( w->slow & WRITER_SLOW_MTOM )) mtom_start_tag( w );
    return out_commit( w, error );
}

HRESULT writer_close_tag( WS_XML_WRITER *w, WS_ERROR *error )
{
    HRESULT hr;

    if (w->state == WRITER_START_TAG)
    {
        struct writer_element *element = w->element;
        if ((hr = end_start_tag( w, FALSE, error ))) return hr;
        if (element->flags & ELEMENT_REOPENED) pop_element( w );
        return S_OK;
    }
    if (w->slow & WRITER_SLOW_DECLARATION) return text_declaration( w, error );
    return S_OK;
}

HRESULT writer_write_end_start_element( WS_XML_WRITER *w, WS_ERROR *error )
{
    if (w->state != WRITER_START_TAG) return writer_bad_state( w, "The end of a start tag", error );
    return writer_done( w, writer_to_content( w, error ) );
}

static HRESULT end_element( WS_XML_WRITER *w, WS_ERROR *error )
{
    struct writer_element *element = w->element;
    HRESULT hr;

    if (w->state == WRITER_START_TAG)
    {
        BOOL empty = !(element->flags & ELEMENT_KEEP_END_TAG) && !w->props.uncompressed_empty;
        if ((hr = end_start_tag( w, empty, error ))) return hr;
        if (!empty && (hr = w->codec->end_element( w, error ))) return hr;
    }
    else if ((hr = w->codec->end_element( w, error ))) return hr;
    if (UNLIKELY( w->slow & WRITER_SLOW_C14N ))
    {
        static const WS_XML_NODE end = { WS_XML_NODE_TYPE_END_ELEMENT };
        if ((hr = writer_c14n_node( w, &end, error ))) return hr;
    }
    pop_element( w );
    return out_commit( w, error );
}

/* The end of an element that has content, with nothing else to be done. S_FALSE: it is not like that. */
static inline HRESULT end_short( WS_XML_WRITER *w, WS_ERROR *error )
{
    const struct writer_element *element = w->element;
    HRESULT hr;

    if (w->state != WRITER_CONTENT || w->slow || !element) return S_FALSE;
    if (w->codec == &text_codec && has_room( w, (SIZE_T)element->qname_length + 3 )) text_close( w, element );
    else if ((w->codec != &binary_codec || !binary_close_text( w )) && (hr = w->codec->end_element( w, error ))) return hr;
    pop_element( w );
    return out_commit( w, error );
}

static NEVER_INLINE HRESULT end_long( WS_XML_WRITER *w, WS_ERROR *error )
{
    HRESULT hr;

    if (UNLIKELY( (w->state != WRITER_CONTENT && w->state != WRITER_START_TAG) ))
        return writer_bad_state( w, "The end of an element", error );
    if (w->element && (w->element->flags & ELEMENT_REOPENED) && (hr = writer_close_tag( w, error ))) return writer_done( w, hr );
    if (UNLIKELY( !w->element )) return writer_done( w, ws_fail( error, WS_E_INVALID_FORMAT, "No element is open." ) );
    if (UNLIKELY( w->slow & WRITER_SLOW_C14N ) && w->state == WRITER_CONTENT && writer_c14n_at_start( w ))
        return ws_fail( error, WS_E_INVALID_OPERATION, "The element was open before canonicalization began." );
    return writer_done( w, end_element( w, error ) );
}

HRESULT writer_write_end_element( WS_XML_WRITER *w, WS_ERROR *error )
{
    HRESULT hr = end_short( w, error );

    return LIKELY( hr != S_FALSE ) ? writer_done( w, hr ) : end_long( w, error );
}

/* ---- attributes ---- */

static struct writer_attr *push_attr( WS_XML_WRITER *w )
{
    struct writer_attr *attr;

    if (w->attr_count == w->attr_size)
    {
        ULONG size = w->attr_size ? w->attr_size * 2 : 8;
        if (!(attr = mem_realloc( w->attrs, size * sizeof(*attr) ))) return NULL;
        w->attrs = attr;
        w->attr_size = size;
    }
    attr = &w->attrs[w->attr_count++];
    attr->type = 0;
    attr->value = attr->canonical = NULL;
    attr->existing = NULL;
    return attr;
}

static HRESULT start_attribute( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *name,
                                const WS_XML_STRING *ns, BOOL single_quote, WS_ERROR *error )
{
    static const WS_XML_STRING no_prefix = { 0, NULL, NULL, 0 };
    const struct ns_binding *binding;
    struct writer_attr *attr;
    WS_XML_STRING made;
    BYTE buf[8];
    HRESULT hr;

    if (!name->length) return ws_fail( error, WS_E_INVALID_FORMAT, "An attribute needs a name." );
    check_name( w, name );
    if (prefix && prefix->length)
    {
        if ((hr = check_prefix( prefix, ns, error ))) return hr;
        check_name( w, prefix );
    }
    else if (!ns->length)
    {
        prefix = &no_prefix;
        if (XMLSTR_IS( name, "xmlns" )) w->deferred = "an attribute is named xmlns";
    }
    else if ((binding = writer_find_ns( w, ns, TRUE ))) prefix = &binding->prefix;
    else
    {
        make_prefix( w, buf, &made );
        prefix = &made;
    }
    if (w->attr_count + w->decl_count >= w->props.max_attributes)
        return ws_fail( error, WS_E_QUOTA_EXCEEDED, "Element %.*s has more attributes than the limit of %u.",
                        XMLSTR_ARG( &w->element->name ), w->props.max_attributes );
    if (!(attr = push_attr( w ))) return no_memory( error );
    if (!keep_string( w, name, &attr->name ) || !keep_string( w, prefix, &attr->prefix )) return no_memory( error );
    if (prefix->length)
    {
        if ((hr = check_ns( ns, error )) || (hr = bind( w, &attr->prefix, ns, error ))) return hr;
        attr->ns = ns_find( &w->scope, attr->prefix.bytes, attr->prefix.length )->ns;
    }
    else attr->ns = xml_empty_text.value;
    attr->single_quote = single_quote != 0;
    w->attr = attr;
    w->acc.size = 0;
    w->state = WRITER_ATTRIBUTE;
    return w->codec->start_attribute( w, error );
}

HRESULT writer_write_start_attribute( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *name,
                                      const WS_XML_STRING *ns, BOOL single_quote, WS_ERROR *error )
{
    HRESULT hr;

    if (w->state != WRITER_START_TAG)
    {
        if (w->state != WRITER_CONTENT || !w->pos || w->pos->u.node.nodeType != WS_XML_NODE_TYPE_ELEMENT)
            return writer_bad_state( w, "An attribute", error );
        if ((hr = writer_reopen( w, error ))) return writer_done( w, hr );
    }
    if (!name || !ns) return ws_fail( error, E_INVALIDARG, "An attribute needs a name and a namespace." );
    return writer_done( w, start_attribute( w, prefix, name, ns, single_quote, error ) );
}

HRESULT writer_write_end_attribute( WS_XML_WRITER *w, WS_ERROR *error )
{
    HRESULT hr;

    if (w->state != WRITER_ATTRIBUTE) return writer_bad_state( w, "The end of an attribute", error );
    hr = w->codec->end_attribute( w, error );
    if (!hr && (w->slow & WRITER_SLOW_MTOM) && mtom_wants( w )) hr = mtom_content_type( w, error );
    if (!hr && (w->slow & WRITER_SLOW_C14N)) hr = writer_c14n_attribute( w, error );
    w->state = WRITER_START_TAG;
    w->attr = NULL;
    return writer_done( w, hr );
}

static HRESULT write_xmlns( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *ns, BOOL single_quote,
                            WS_ERROR *error )
{
    const struct ns_binding *binding;
    struct writer_decl *decl;
    WS_XML_STRING made;
    BYTE buf[8];
    HRESULT hr;

    if ((hr = check_ns( ns, error ))) return hr;
    if (!prefix)
    {
        if (writer_find_ns( w, ns, FALSE )) return S_OK;
        /* the default namespace if this element does without, else a new prefix */
        prefix = &xml_empty_text.value;
        if (!w->element->prefix.length || find_decl( w, prefix ))
        {
            if ((hr = check_prefix( NULL, ns, error ))) return hr;
            make_prefix( w, buf, &made );
            prefix = &made;
        }
        return declare( w, prefix, ns, FALSE, single_quote, error );
    }
    if (prefix->length)
    {
        if ((hr = check_prefix( prefix, ns, error ))) return hr;
        check_name( w, prefix );
    }
    binding = ns_find( &w->scope, prefix->bytes, prefix->length );
    if ((decl = find_decl( w, prefix )))
    {
        if (!xmlstr_eq( &binding->ns, ns )) w->deferred = "a prefix has two meanings";
        else if (!decl->is_explicit)
        {
            set_explicit( w, decl );
            decl->single_quote = single_quote;
        }
        return S_OK;
    }
    if (binding && xmlstr_eq( &binding->ns, ns )) return S_OK;  /* redundant */
    if (binding == &ns_xml || binding == &ns_xmlns || xmlstr_eq( ns, &ns_xml.ns ) || xmlstr_eq( ns, &ns_xmlns.ns ))
        return ws_fail( error, WS_E_INVALID_FORMAT, "Prefix '%.*s' can't be bound to %.*s.", XMLSTR_ARG( prefix ),
                        XMLSTR_ARG( ns ) );
    return declare( w, prefix, ns, TRUE, single_quote, error );
}

HRESULT writer_write_xmlns_attribute( WS_XML_WRITER *w, const WS_XML_STRING *prefix, const WS_XML_STRING *ns,
                                      BOOL single_quote, WS_ERROR *error )
{
    HRESULT hr;

    if (!ns) return ws_fail( error, E_INVALIDARG, "A declaration needs a namespace." );
    if (w->state != WRITER_START_TAG)
    {
        if (w->state != WRITER_CONTENT || !w->pos || w->pos->u.node.nodeType != WS_XML_NODE_TYPE_ELEMENT)
            return writer_bad_state( w, "A declaration", error );
        if ((hr = writer_reopen( w, error ))) return writer_done( w, hr );
    }
    return writer_done( w, write_xmlns( w, prefix, ns, single_quote, error ) );
}

/* ---- for others ---- */

/* As writer_find_ns, but from outside of the open start tag. */
static const struct ns_binding *find_ns_outside( const WS_XML_WRITER *w, const WS_XML_STRING *ns )
{
    const struct ns_binding *bindings = w->scope.bindings;
    ULONG i, j, count = w->element->ns_mark;
    BOOL default_bound = FALSE;

    for (i = count; i-- > 0; )
    {
        if (!bindings[i].prefix.length) default_bound = TRUE;
        if (!xmlstr_eq( &bindings[i].ns, ns )) continue;
        for (j = i + 1; j < count; j++) if (xmlstr_eq( &bindings[i].prefix, &bindings[j].prefix )) break;
        if (j == count) return &bindings[i];
    }
    if (xmlstr_eq( ns, &ns_xml.ns )) return &ns_xml;
    return !ns->length && !default_bound ? &ns_default_none : NULL;
}

/* The bindings of a start tag that is still open do not count yet. */
HRESULT writer_get_prefix_from_namespace( WS_XML_WRITER *w, const WS_XML_STRING *ns, BOOL required,
                                          const WS_XML_STRING **prefix, WS_ERROR *error )
{
    const struct ns_binding *binding;
    BOOL open = w->state == WRITER_START_TAG || w->state == WRITER_ATTRIBUTE;

    if (!ns || !prefix) return ws_fail( error, E_INVALIDARG, "A namespace and room for its prefix are needed." );
    if (w->state == WRITER_NO_OUTPUT) return writer_bad_state( w, "A prefix", error );
    binding = open ? find_ns_outside( w, ns ) : writer_find_ns( w, ns, FALSE );
    if (binding)
    {
        *prefix = &binding->prefix;
        return S_OK;
    }
    if (required)
        return ws_fail( error, WS_E_INVALID_FORMAT, "Namespace %.*s has no prefix here.", XMLSTR_ARG( ns ) );
    *prefix = NULL;
    return S_FALSE;
}

HRESULT writer_prefix_for( WS_XML_WRITER *w, const WS_XML_STRING *ns, const WS_XML_STRING **prefix, WS_ERROR *error )
{
    const struct ns_binding *binding = writer_find_ns( w, ns, FALSE );
    WS_XML_STRING made;
    BYTE buf[8];
    HRESULT hr;

    if (!binding)
    {
        if (w->state != WRITER_START_TAG && w->state != WRITER_ATTRIBUTE)
            return ws_fail( error, WS_E_INVALID_FORMAT, "Namespace %.*s has no prefix here.", XMLSTR_ARG( ns ) );
        if ((hr = check_prefix( NULL, ns, error ))) return hr;
        make_prefix( w, buf, &made );
        if ((hr = declare( w, &made, ns, FALSE, FALSE, error ))) return writer_done( w, hr );
        binding = &w->scope.bindings[w->scope.count - 1];
    }
    *prefix = &binding->prefix;
    return S_OK;
}

/* ---- elements of XML buffers ---- */

HRESULT writer_push_node( WS_XML_WRITER *w, struct xml_node *node, WS_ERROR *error )
{
    const WS_XML_ELEMENT_NODE *src = &node->u.element;
    struct writer_element *element;
    ULONG i;

    if (!(element = push_element( w, src->prefix, src->localName ))) return no_memory( error );
    element->ns = *src->ns;
    element->node = node;
    for (i = 0; i < src->attributeCount; i++)
    {
        const WS_XML_ATTRIBUTE *attr = src->attributes[i];
        if (!attr->isXmlNs) continue;
        /* strings of the tree live longer than the binding */
        if (ns_push( &w->scope, attr->prefix, attr->ns, element->ns_mark ) < 0) return no_memory( error );
    }
    w->element = element;
    w->depth++;
    return S_OK;
}

HRESULT writer_reopen( WS_XML_WRITER *w, WS_ERROR *error )
{
    const WS_XML_ELEMENT_NODE *node = &w->pos->u.element;
    HRESULT hr;
    ULONG i;

    if (w->c14n) return ws_fail( error, WS_E_INVALID_OPERATION, "An element that exists can't change while canonical XML is made." );
    if ((hr = writer_push_node( w, w->pos, error ))) return hr;
    w->element->flags |= ELEMENT_REOPENED;
    w->attr_count = w->decl_count = 0;
    w->explicit_count = 0;
    w->deferred = NULL;
    w->state = WRITER_START_TAG;
    for (i = 0; i < node->attributeCount; i++)
    {
        WS_XML_ATTRIBUTE *attr = node->attributes[i];
        if (attr->isXmlNs)
        {
            if (!add_decl( w, TRUE, attr->singleQuote )) return no_memory( error );
            w->decls[w->decl_count - 1].binding = w->element->ns_mark + w->decl_count - 1;
            w->decls[w->decl_count - 1].existing = TRUE;
        }
        else
        {
            struct writer_attr *copy = push_attr( w );
            if (!copy) return no_memory( error );
            copy->prefix = *attr->prefix;
            copy->name = *attr->localName;
            copy->ns = *attr->ns;
            copy->existing = attr;
        }
    }
    return S_OK;
}
